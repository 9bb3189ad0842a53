//! What goes to the municipality's own system.

use feltbog_bridge::{JournalText, MissingInJournalRow};

use super::number::count;
use super::when;

/// Date, theme and text, to be copied.
pub(super) fn text(text: &JournalText) -> String {
    format!("Dato: {}\nTema: {}\n\n{}\n", text.date, text.theme, text.text)
}

/// What is missing, oldest first.
pub(super) fn missing(missing: &[MissingInJournalRow]) -> String {
    let number = u32::try_from(missing.len()).unwrap_or(u32::MAX);
    if number == 0 {
        return "Alt står i journalen.\n".to_owned();
    }
    let mut text = format!("Mangler i journalen: {}\n", count(number, "registrering", "registreringer"));
    for row in missing {
        let whose = row.case_name.as_deref().unwrap_or("Uden borger");
        text.push_str(&format!("{}  {}, {whose}  [{}]\n", when::moment(&row.at), row.kind_name, row.entry));
    }
    text
}
