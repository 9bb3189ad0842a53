//! What charts are drawn from, as lines.

use feltbog_bridge::{ChartsPage, WaitRow};

use super::when;

pub(super) fn text(page: &ChartsPage) -> String {
    let mut lines = vec![format!("Pr. {}", when::day(&page.as_of))];
    part(&mut lines, "Så langt er de indskrevne nået", page.funnel.iter().map(|row| (stage(&row.stage), row.citizens)));
    let waits = page.waits.iter().map(|row| (wait(row), row.citizens));
    let nobody = std::iter::once(("intet møde endnu".to_owned(), page.met_nobody));
    part(&mut lines, "Dage til første møde med en arbejdsgiver", waits.chain(nobody));
    part(&mut lines, "Møder med arbejdsgivere", page.weeks.iter().map(|row| (row.week.clone(), row.meetings)));
    part(&mut lines, "Borgere pr. konsulent", page.caseload.iter().map(|row| (row.name.clone(), row.citizens)));
    lines.join("\n") + "\n"
}

fn part(lines: &mut Vec<String>, heading: &str, rows: impl Iterator<Item = (String, u64)>) {
    lines.push(format!("{heading}:"));
    lines.extend(rows.map(|(name, count)| format!("  {name}: {count}")));
}

fn stage(word: &str) -> String {
    match word {
        "enrolled" => "indskrevet",
        "met_employer" => "har mødt en arbejdsgiver",
        "started" => "er begyndt i job eller uddannelse",
        "at_work" => "er i job eller uddannelse",
        newer => newer,
    }
    .to_owned()
}

fn wait(row: &WaitRow) -> String {
    match row.to_day {
        Some(last) => format!("{}-{last} dage", row.from_day),
        None => format!("{} dage og mere", row.from_day),
    }
}
