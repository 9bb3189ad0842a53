//! Columns that stand under each other.

/// Rows of texts; the last column is as long as it likes.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn headed<const N: usize>(names: [&str; N]) -> Self {
        let mut table = Self::default();
        table.row(names);
        table
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [impl Into<String>; N]) {
        // A line break in a cell would end its row.
        self.rows.push(cells.map(|cell| cell.into().split_whitespace().collect::<Vec<_>>().join(" ")).to_vec());
    }

    pub(super) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        self.rows.iter().map(|row| line(row, &widths)).collect()
    }

    fn width(&self, column: usize) -> usize {
        self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let padded: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
    format!("{}\n", padded.join("  ").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_count_once() {
        let mut table = Table::headed(["Navn", "Fase"]);
        table.row(["Ærø Ågesen", "I job"]);
        table.row(["Bo\nHansen", "Opstart"]);
        assert_eq!(table.text(), "Navn        Fase\nÆrø Ågesen  I job\nBo Hansen   Opstart\n");
    }
}
