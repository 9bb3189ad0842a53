//! The caseload.

use feltbog_bridge::CaseRow;

use super::table::Table;
use super::{cover, when};

/// One line for each case.
pub(super) fn text(cases: &[CaseRow]) -> String {
    if cases.is_empty() {
        return "Ingen borgere endnu. De kommer, når Feltbog har sendt og hentet: `feltbog sync`.\n".to_owned();
    }
    let mut table = Table::headed(["Nummer", "Navn", "Fase", "Dag", "Sidste kontakt", "Kun her", "Kræver handling"]);
    for case in cases {
        let cover = case.cover.as_ref().map(cover::of_case);
        let signals: Vec<&str> = case.signals.iter().map(|s| s.text.as_str()).chain(cover.as_deref()).collect();
        table.row([
            case.number.clone(),
            case.name.clone(),
            phase(&case.phase).to_owned(),
            case.days_in_programme.map(|days| days.to_string()).unwrap_or_default(),
            case.last_contact.as_deref().map(when::day).unwrap_or_default(),
            if case.unsent == 0 { String::new() } else { case.unsent.to_string() },
            signals.join("; "),
        ]);
    }
    table.text()
}

/// A phase by its code.
pub(super) fn phase(code: &str) -> &str {
    match code {
        "start" => "Opstart",
        "search" => "Søger job",
        "job" => "I job",
        "education" => "I uddannelse",
        "closed" => "Afsluttet",
        "unknown" => "Delt med dig",
        other => other,
    }
}
