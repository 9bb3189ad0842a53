//! Cells that a spreadsheet must not take for formulas.

use std::borrow::Cow;

const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell as a text: a spreadsheet runs what begins like a formula, and shows what stands behind an apostrophe.
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(STARTS) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// What somebody wrote in a cell that was made harmless.
pub(crate) fn as_written(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|written| written.starts_with(STARTS)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula_and_each_comes_back_as_it_was_written() {
        for cell in ["=1+1", "+45 12 34 56 78", "- talte med", "@SUM(A1)", "\tx", "'citeret'", "", "bager", "''"] {
            assert!(!harmless(cell).starts_with(STARTS), "{cell}");
            assert_eq!(as_written(&harmless(cell)), cell);
        }
    }
}
