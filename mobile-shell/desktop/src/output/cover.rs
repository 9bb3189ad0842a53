//! Standing in for a colleague, and what became a colleague's.

use feltbog_bridge::{CaseCover, CoverTyped, HandedAwayRow, MeanwhileRow, Request};

use super::number::count;
use super::when;

/// How many cases are looked after, or no longer.
pub(super) fn covered(request: &Request, number: u32) -> String {
    let Request::Cover(CoverTyped { absent, by, end, .. }) = request else { return String::new() };
    let what = count(number, "borger", "borgere");
    if *end {
        format!("{by} dækker ikke længere for {absent} ({what}). Det gælder, når der er sendt: feltbog sync.\n")
    } else {
        format!(
            "{by} dækker for {absent} ({what}). Adgangen ophører af sig selv. Det gælder, når der er sendt: feltbog sync.\n"
        )
    }
}

/// *Mens du var væk* and one line for each entry.
pub(super) fn meanwhile(rows: &[MeanwhileRow]) -> Vec<String> {
    let what = count(u32::try_from(rows.len()).unwrap_or(u32::MAX), "registrering", "registreringer");
    let heading = (!rows.is_empty()).then(|| format!("Mens du var væk, kom der {what} hos dine borgere:"));
    heading.into_iter().chain(rows.iter().map(written)).collect()
}

fn written(row: &MeanwhileRow) -> String {
    format!("  {}  {}, {}, skrevet af {}  [{}]", when::moment(&row.at), row.kind_name, row.name, row.by, row.entry)
}

/// One line for each case that went to somebody else.
pub(super) fn handed_away(rows: &[HandedAwayRow]) -> Vec<String> {
    rows.iter().map(|row| format!("{} er overdraget til {}.", row.case, row.to)).collect()
}

/// Who looks after a case for whom.
pub(super) fn of_case(cover: &CaseCover) -> String {
    format!("{} dækker for {} til og med {}", cover.by, cover.absent, when::day(&cover.until))
}
