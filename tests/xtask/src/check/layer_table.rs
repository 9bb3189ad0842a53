//! Who may depend on whom, as ARCHITECTURE.md says it: the document is the rule, not a copy of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

/// For each crate with a row, the crates it may depend on. Names without the `feltbog-`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LayerTable(BTreeMap<String, BTreeSet<String>>);

impl LayerTable {
    /// Reads the first table whose heading names `domain` and whose cells are marked `x`.
    pub(super) fn read(document: &str) -> Result<Self> {
        let mut lines = document.lines().skip_while(|line| !cells(line).is_some_and(|cells| is_heading(&cells)));
        let columns = lines.next().and_then(cells).unwrap_or_default();
        let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in
            lines.map_while(cells).filter(|row| !row.iter().all(|cell| cell.chars().all(|sign| "-: ".contains(sign))))
        {
            let allowed =
                columns.iter().zip(&row).skip(1).filter(|(_, mark)| *mark == "x").map(|(name, _)| name.clone());
            let allowed: BTreeSet<String> = allowed.collect();
            for name in row.first().into_iter().flat_map(|names| names.split(',')) {
                table.insert(name.trim_matches([' ', '*', '`']).to_owned(), allowed.clone());
            }
        }
        // A column without a row, like `domain`, may depend on nothing.
        for leaf in columns.into_iter().skip(1) {
            table.entry(leaf).or_default();
        }
        if table.is_empty() {
            bail!("ARCHITECTURE.md has no table of who may depend on whom");
        }
        Ok(Self(table))
    }

    /// What the crate may depend on, if it has a row.
    pub(super) fn row(&self, name: &str) -> Option<&BTreeSet<String>> {
        self.0.get(name)
    }
}

fn is_heading(cells: &[String]) -> bool {
    cells.first().is_some_and(String::is_empty) && cells.iter().any(|cell| cell == "domain")
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inside.split('|').map(|cell| cell.trim().trim_matches(['*', '`']).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_columns_and_leaves_are_read() {
        let document = "# A\n\n| word | meaning |\n|---|---|\n| a | x |\n\n| | domain | app |\n|---|---|---|\n| app | x | |\n\
                        | ffi, `desktop` | | x |\n| **server** | x | |\n\nText | with a bar\n";
        let table = LayerTable::read(document).unwrap();
        let row = |name| table.row(name).unwrap().iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!((row("app"), row("desktop"), row("ffi")), (vec!["domain"], vec!["app"], vec!["app"]));
        assert_eq!((row("server"), row("domain")), (vec!["domain"], vec![]));
        assert_eq!(table.row("word"), None);
    }

    #[test]
    fn a_document_without_the_table_is_refused() {
        assert!(LayerTable::read("# Nothing\n\n| a | b |\n|---|---|\n| c | x |\n").is_err());
    }
}
