//! What others changed of how a member stands.

use feltbog_bridge::StandingRow;

/// One change, and what to do about it.
pub(super) fn line(row: &StandingRow) -> String {
    let device = row.device.as_deref().unwrap_or_default();
    let short = device.get(..8).unwrap_or(device);
    let what = match (row.what.as_str(), row.role.as_deref()) {
        ("device", _) => {
            format!("Der er kommet en enhed i dit navn: {short}. Er den ikke din, så spær den: feltbog block {short}.")
        }
        ("station", _) => format!(
            "To nøgledele er lagt sammen: en gendannelse ({short}) har kunnet læse alt. Ved du ikke hvorfor, så spørg lederen."
        ),
        (_, Some(role)) if row.gone => format!("Du er ikke længere {role}."),
        (_, Some(role)) => format!("Du er blevet {role}."),
        _ => "Der er ændret noget ved, hvordan du står.".to_owned(),
    };
    format!("{what} Har du set det: feltbog seen {}", row.id)
}
