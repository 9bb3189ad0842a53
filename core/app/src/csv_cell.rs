//! Cells of a file that a spreadsheet opens.

/// Signs that make a spreadsheet take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that a spreadsheet would take for a formula is a text.
pub(crate) fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`harmless`].
pub(crate) fn as_written(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_reads_as_it_was_written() {
        for cell in ["=1+1", "+45 12 34 56 78", "-", "@sum(a1)", "\t=1", "'s-Hertogenbosch", "Netto", "", "'"] {
            assert!(!harmless(cell).starts_with(FORMULA), "{cell}");
            assert_eq!(as_written(&harmless(cell)), cell);
        }
    }
}
