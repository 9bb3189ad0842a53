//! The programme's figures.

use feltbog_bridge::ReportPage;

use super::number::count;
use super::scope::whose;
use super::table::Table;
use super::unsaid::unsaid;
use super::when;

/// One figure with everything about it, or a list of them.
pub(super) fn text(reports: &[ReportPage]) -> String {
    match reports {
        [only] => one(only),
        several => list(several),
    }
}

fn list(reports: &[ReportPage]) -> String {
    let mut table = Table::headed(["Mål", "Værdi", "Grundlag", "Navn"]);
    for report in reports {
        table.row([report.title.clone(), value(report), basis(report), report.measure.clone()]);
    }
    format!("{}{}", reports.first().map(scope).unwrap_or_default(), table.text())
}

fn one(report: &ReportPage) -> String {
    let mut lines = vec![
        scope(report).trim_end().to_owned(),
        format!("{}: {} ({})", report.title, value(report), basis(report)),
        format!("  {}", report.definition),
        format!("  Kilde: {}", report.source),
    ];
    lines.extend(report.details.iter().filter_map(|detail| {
        let value = detail.value?;
        Some(format!("  {}: {}", named(&detail.name), decimal(value)))
    }));
    lines.extend(unsaid(report.undecided, report.assumed_ordinary).into_iter().map(|sentence| format!("  {sentence}")));
    lines.extend(report.rows.iter().map(|row| {
        let week = row.week.as_ref().map(|week| format!(", uge {week}")).unwrap_or_default();
        format!("  {}{week}: {}", row.name, row.count)
    }));
    let numbers = |counts: bool| {
        let found = report.evidence.iter().filter(|line| line.counts == counts).filter_map(|line| line.number.clone());
        found.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
    };
    for (word, numbers) in [("Tæller med", numbers(true)), ("Tæller ikke med", numbers(false))] {
        if !numbers.is_empty() {
            lines.push(format!("  {word}: {numbers}"));
        }
    }
    lines.join("\n") + "\n"
}

fn scope(report: &ReportPage) -> String {
    let of = whose(&report.scope);
    let period = match (&report.from, &report.to) {
        (Some(from), Some(to)) => format!(", {} til {}", when::day(from), when::day(to)),
        _ => String::new(),
    };
    let about = format!("{}{of}{period}, pr. {}\n", report.programme, when::day(&report.as_of));
    // A programme that nobody has named yet.
    about.trim_start_matches(", ").to_owned()
}

/// `21,9 %`, `13,5 dage`; `-` where there is nothing to divide by.
fn value(report: &ReportPage) -> String {
    in_words(report.value, &report.unit)
}

/// A number as people write it.
pub(super) fn in_words(value: Option<f64>, unit: &str) -> String {
    let Some(value) = value else { return "-".to_owned() };
    match unit {
        "share" => format!("{} %", decimal(value * 100.0)),
        "days" => format!("{} dage", decimal(value)),
        "persons" => format!("{value:.0}"),
        _ => decimal(value),
    }
}

fn basis(report: &ReportPage) -> String {
    based_on(report.numerator, report.denominator, &report.unit)
}

/// What a number was made from.
pub(super) fn based_on(numerator: u64, denominator: Option<u64>, unit: &str) -> String {
    match denominator {
        Some(below) if unit == "days" => count(u32::try_from(below).unwrap_or(u32::MAX), "person", "personer"),
        Some(below) => format!("{numerator} af {below}"),
        None => String::new(),
    }
}

fn decimal(value: f64) -> String {
    format!("{value:.1}").replace('.', ",")
}

/// The words for what a program calls it.
fn named(detail: &str) -> &str {
    match detail {
        "median" => "Midterste værdi",
        "over_20" => "Konsulenter med over 20",
        "over_25" => "Konsulenter med over 25",
        "without_consultant" => "Borgere uden konsulent",
        "began_work_instead" => "Begyndte i job eller uddannelse i stedet",
        other => other,
    }
}
