//! Which municipalities are here.

use feltbog_bridge::MunicipalityRow;

use super::table::Table;

/// One line for each: what it is called, and what it has not sent, where that is known.
pub(super) fn text(rows: &[MunicipalityRow]) -> String {
    let mut table = Table::headed(["Kommune", "Tilstand"]);
    for row in rows {
        let state = match row.unsent {
            None => "låst".to_owned(),
            Some(0) => "alt er sendt".to_owned(),
            Some(unsent) => format!("{unsent} kun her"),
        };
        table.row([row.name.clone().unwrap_or_else(|| "(uden navn)".to_owned()), state]);
    }
    table.text()
}
