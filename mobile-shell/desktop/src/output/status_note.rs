//! How a programme stands against its file.

use feltbog_bridge::{StatusNotePage, TargetRow, YearsCostRow};

use super::when;

pub(super) fn text(page: &StatusNotePage) -> String {
    let of = if page.scope == "own" { ", kun dine egne borgere" } else { "" };
    let mut lines = vec![format!("{}{of}, pr. {} (efter {})", page.name, when::day(&page.at), page.source)];
    part(&mut lines, "Mål", page.targets.iter().flat_map(target));
    part(&mut lines, "Hvad et år kostede", page.years.iter().map(year));
    part(
        &mut lines,
        "Det passer ikke sammen i programmets egen tekst",
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

fn target(target: &TargetRow) -> [String; 2] {
    let counted = match (target.numerator, target.denominator) {
        (Some(above), Some(below)) if below > 0 => format!("{above} af {below}"),
        _ => "ingen".to_owned(),
    };
    let so_far = target.as_of.as_deref().map(when::day).unwrap_or_default();
    let standing = match target.standing.as_str() {
        "not_begun" => "Perioden er ikke begyndt.".to_owned(),
        "so_far" => format!("{counted} til og med {so_far}. Perioden er ikke slut, så det kan ikke afgøres endnu."),
        "nobody" => "Ingen at tælle i perioden.".to_owned(),
        "reached" => format!("Nået: {counted}."),
        _ => format!("Ikke nået: {counted}."),
    };
    let (from, to) = (when::day(&target.from), when::day(&target.to));
    [format!("{}: mindst {} pct., {from} til {to}", target.title, target.at_least_percent), format!("  {standing}")]
}

fn year(cost: &YearsCostRow) -> String {
    let place = cost.per_place.map(|kroner| format!(", {} kr. pr. plads", grouped(kroner))).unwrap_or_default();
    let person = match cost.per_person_into_work {
        Some(kroner) => format!("{} kr. for hver af de {}, der begyndte i job", grouped(kroner), cost.into_work),
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
