//! *Afleveret arbejde*.

use feltbog_bridge::DepositRow;

use super::handed_in::because;
use super::number::count;
use super::when;

/// The tray, oldest first.
pub(super) fn text(deposits: &[DepositRow]) -> String {
    if deposits.is_empty() {
        return "Der er intet afleveret arbejde.\n".to_owned();
    }
    let entries: String = deposits.iter().map(one).collect();
    format!("{entries}Læg det i sagen med `feltbog deposits take ID`, eller det hele med `--all`.\n")
}

/// What was taken over.
pub(super) fn taken(number: u32) -> String {
    match number {
        0 => "Der var intet nyt at lægge i nogen sag.\n".to_owned(),
        _ => format!(
            "{} er lagt i sagen og er kun på denne computer, til der er sendt.\n",
            count(number, "registrering", "registreringer")
        ),
    }
}

fn one(row: &DepositRow) -> String {
    let whose: Vec<&str> = [&row.case, &row.name].into_iter().flatten().map(String::as_str).collect();
    let whose = if whose.is_empty() { "uden borger".to_owned() } else { whose.join(" ") };
    let mut text = format!("{}  {}, {whose}  [{}]\n", when::moment(&row.at), row.kind_name, row.entry);
    for line in row.note.lines() {
        text.push_str(format!("    {line}").trim_end());
        text.push('\n');
    }
    text.push_str(&format!("    Skrevet af {}, afleveret, fordi {}.\n", row.author, because(&row.reason)));
    text
}
