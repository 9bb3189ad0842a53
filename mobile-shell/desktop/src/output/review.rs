//! A programme's evidence of fidelity.

use feltbog_bridge::{ReviewItem, ReviewPage, SaidOfItem};

use super::number::count;
use super::{fidelity, when};

/// What was said of each item; where the whole programme is seen, the scale before it.
pub(super) fn text(page: &ReviewPage) -> String {
    let scale = page.fidelity.as_ref().map(fidelity::text).unwrap_or_default();
    if page.from.is_none() {
        return format!("{scale}Der er ingen gennemgang endnu. Lederen begynder den med `feltbog fidelity begin`.\n");
    }
    let open = page.items.iter().filter(|item| item.agreed.is_none()).count();
    let open = count(u32::try_from(open).unwrap_or(u32::MAX), "punkt", "punkter");
    let items: String = page.items.iter().filter(|item| !item.said.is_empty()).map(of_item).collect();
    format!("{scale}{items}\nUden point, alle er enige om: {open}.\n")
}

fn of_item(item: &ReviewItem) -> String {
    let agreed = item.agreed.map_or_else(|| "ingen point endnu".to_owned(), |points| format!("{points} point"));
    let said: String = item.said.iter().map(said).collect();
    format!("\n{}. {}: {agreed}\n{said}", item.number, item.name)
}

fn said(row: &SaidOfItem) -> String {
    let what = match row.what.as_str() {
        "seen" => row.source.clone().unwrap_or_default(),
        "reading" => "læses her som".to_owned(),
        "counted" => {
            let points = row.points.map_or_else(|| "ingen point".to_owned(), |points| format!("{points} point"));
            format!("talt ud fra registreringer: {points}")
        }
        "points" => {
            row.points.map_or_else(|| "point, som flere har skrevet i".to_owned(), |points| format!("{points} point"))
        }
        _ => "skrevet af en nyere Feltbog".to_owned(),
    };
    let text = row.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
    let struck = if row.struck { " (strøget)" } else { "" };
    format!("  {}  {what}{text}{struck}  {}  [{}]\n", when::day(&row.on), row.by.join(", "), row.id)
}
