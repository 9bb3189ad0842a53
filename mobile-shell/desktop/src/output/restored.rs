//! A server that was put back to an older copy.

use feltbog_bridge::{FindingRow, MissingRow};

use super::number::count;
use super::table::Table;
use super::when;

/// While nobody who may has confirmed the restore.
pub(super) const WAITS: &str =
    "Serveren er gendannet og venter på en leders enhed. Dit arbejde er her; det nye fra andre kommer bagefter.";
/// Ever after.
pub(super) const SAFE: &str = "Serveren er gendannet. Dit arbejde er her.";

/// What is missing, by date and author.
pub(super) fn missing(rows: &[MissingRow]) -> String {
    if rows.is_empty() {
        return "Serveren mangler intet, som denne enhed kender.\n".to_owned();
    }
    let mut table = Table::headed(["Hvornår", "Skrevet af", "Hvad", "Sag", "Id"]);
    for row in rows {
        table.row([
            when::moment(&row.at),
            row.author.clone(),
            row.kind_name.clone(),
            row.case.clone().unwrap_or_default(),
            row.entry.clone(),
        ]);
    }
    format!("{}{WHO_BRINGS_IT}\n", table.text())
}

/// How much is missing; nothing where nothing is.
pub(super) fn how_much(number: u32) -> Option<String> {
    let what = count(number, "registrering", "registreringer");
    (number > 0).then(|| format!("Serveren mangler {what} fra andre, siden den blev gendannet: feltbog missing."))
}

/// A sign that histories differ.
pub(super) fn finding(finding: &FindingRow) -> String {
    let about = finding.name.as_ref().map(|name| format!(" om {name}")).unwrap_or_default();
    let what = match finding.code.as_str() {
        "missing_link" => format!("Noget fra {}{about} er ikke nået frem hertil", finding.author),
        "read_log_gap" => format!("Læseloggen{about} fra {} er ikke hel", finding.author),
        _ => format!("Serveren har vist {} noget andet{about}, end den har vist her", finding.author),
    };
    format!("{what}. Det, du har, er her stadig. Sig det til IT.")
}

const WHO_BRINGS_IT: &str = "Teksten er her stadig. Den kommer på plads, når den, der skrev, sender og henter.";
