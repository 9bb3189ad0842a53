//! How a programme stands against its file.

use feltbog_bridge::{StatusNotePage, TargetRow};

use super::scope::{is_own, whose};
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
    part(&mut lines, "Hvad et år kostede", page.years.iter().map(|cost| cost.said.da.clone()));
    part(&mut lines, "Mod normalindsatsen", page.saving.iter().map(|saving| saving.da.clone()));
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
    let (from, to) = (when::day(&target.from), when::day(&target.to));
    let mut lines = vec![format!("{}: mindst {} pct., {from} til {to}", target.title, target.at_least_percent)];
    lines.extend(target.said.iter().map(|sentence| format!("  {}", sentence.da)));
    lines
}
