//! How a programme stands against its file.

use feltbog_bridge::{StatusNotePage, TargetRow, YearsCostRow};

use super::scope::{is_own, whose};
use super::unsaid::unsaid;
use super::when;

pub(super) fn text(page: &StatusNotePage) -> String {
    let of = format!("{}{}, ", page.programme, whose(&page.scope));
    // A programme that nobody has named yet.
    let of = of.trim_start_matches(", ");
    let mut lines =
        vec![format!("{of}pr. {}, holdt op mod {} (efter {})", when::day(&page.at), page.name, page.source)];
    if is_own(&page.scope) {
        lines.push(
            "Målene gælder hele programmet, og du ser kun dine egne borgere: intet mål er afgjort, og ingen udgift er delt på personer."
                .to_owned(),
        );
    }
    part(&mut lines, "Mål", page.targets.iter().flat_map(target));
    part(&mut lines, "Hvad et år kostede", page.years.iter().map(|cost| year(cost, is_own(&page.scope))));
    part(
        &mut lines,
        "Det, der ikke passer sammen i programmets egen tekst",
        page.contradictions.iter().map(|s| s.da.clone()),
    );
    lines.join("\n") + "\n"
}

fn part(lines: &mut Vec<String>, heading: &str, of: impl Iterator<Item = String>) {
    let said: Vec<String> = of.map(|line| format!("  {line}")).collect();
    if !said.is_empty() {
        lines.push(format!("{heading}:"));
        lines.extend(said);
    }
}

fn target(target: &TargetRow) -> Vec<String> {
    let counted = match (target.numerator, target.denominator) {
        (Some(above), Some(below)) if below > 0 => format!("{above} af {below}"),
        _ => "ingen".to_owned(),
    };
    let so_far = target.as_of.as_deref().map(when::day).unwrap_or_default();
    let standing = match target.standing.as_str() {
        "not_begun" => "Perioden er ikke begyndt.".to_owned(),
        "own_only" => format!("{counted} til og med {so_far}."),
        "so_far" => format!("{counted} til og med {so_far}. Perioden er ikke slut, så det kan ikke afgøres endnu."),
        "undecided" => format!("{counted} indtil nu. Det kan ikke afgøres, før det vides om dem, der mangler."),
        "nobody" => "Ingen at tælle i perioden.".to_owned(),
        "reached" => format!("Nået: {counted}."),
        _ => format!("Ikke nået: {counted}."),
    };
    let (from, to) = (when::day(&target.from), when::day(&target.to));
    let mut lines = vec![format!("{}: mindst {} pct., {from} til {to}", target.title, target.at_least_percent)];
    lines.push(format!("  {standing}"));
    lines.extend(unsaid(target.undecided, target.assumed_ordinary).into_iter().map(|sentence| format!("  {sentence}")));
    lines
}

fn year(cost: &YearsCostRow, own: bool) -> String {
    let place = cost.per_place.map(|kroner| format!(", {} kr. pr. plads", grouped(kroner))).unwrap_or_default();
    let person = match cost.per_person_into_work {
        Some(kroner) => format!("{} kr. for hver af de {}, der begyndte i job", grouped(kroner), cost.into_work),
        None if own => format!("{} af dine borgere begyndte i job", cost.into_work),
        None => "ingen begyndte i job".to_owned(),
    };
    format!("{}: {} kr.{place}; {person}", cost.year, grouped(cost.kroner))
}

/// `2.504.000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut parts: Vec<&str> = Vec::new();
    if first > 0 {
        parts.extend(digits.get(..first));
    }
    parts.extend((first..digits.len()).step_by(3).filter_map(|at| digits.get(at..at + 3)));
    parts.join(".")
}
