//! Who has read about a citizen.

use feltbog_bridge::ReadLogRow;

use super::when;

/// Each reading on a line, and what the list cannot know.
pub(super) fn text(readings: &[ReadLogRow]) -> String {
    let lines: String = readings.iter().map(one).collect();
    let nobody = if readings.is_empty() { "Ingen enhed har fortalt, at nogen har læst om borgeren.\n" } else { "" };
    format!("{nobody}{lines}{NOT_YET}\n")
}

fn one(row: &ReadLogRow) -> String {
    let who = row.staff.as_ref().map_or_else(|| row.purpose.clone(), |name| format!("{name} ({})", row.purpose));
    let words = row.words.as_ref().map(|words| format!(" efter \u{201d}{words}\u{201d}")).unwrap_or_default();
    let entry = row.entry.as_ref().map(|entry| format!(" en registrering  [{entry}]"));
    let what = if row.action == "opened" && entry.is_none() { " borgerens side" } else { "" };
    format!("{}  {who} {}{what}{words}{}\n", when::moment(&row.at), row.action_name, entry.unwrap_or_default())
}

const NOT_YET: &str = "Det, der er læst uden net, kommer med, når enheden har sendt.";

#[cfg(test)]
mod tests {
    use super::*;

    fn row(action: &str, name: &str) -> ReadLogRow {
        ReadLogRow {
            at: "2026-03-02T10:00:00+01:00".into(),
            action: action.into(),
            action_name: name.into(),
            entry: None,
            words: None,
            staff: Some("Åse".into()),
            purpose: "IPS-konsulent".into(),
        }
    }

    #[test]
    fn each_reading_says_who_in_which_capacity_and_what() {
        let searched = ReadLogRow { words: Some("kokken".into()), staff: None, ..row("searched", "søgte") };
        let opened = ReadLogRow { entry: Some("e1".into()), ..row("opened", "åbnede") };
        let text = text(&[searched, opened, row("opened", "åbnede")]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "02-03-2026 kl. 10:00  IPS-konsulent søgte efter \u{201d}kokken\u{201d}");
        assert_eq!(lines[1], "02-03-2026 kl. 10:00  Åse (IPS-konsulent) åbnede en registrering  [e1]");
        assert_eq!(lines[2], "02-03-2026 kl. 10:00  Åse (IPS-konsulent) åbnede borgerens side");
        assert_eq!(lines[3], NOT_YET);
    }
}
