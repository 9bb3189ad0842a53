//! What a new database of a device is made of follows from the migrations, and is committed.

use std::fs;

use anyhow::{Context, Result};

use super::finding::Finding;
use crate::{command, repository};

const WRITTEN: &str = "core/store/migrations/at_once.sql";

/// Whether the file is another than the migrations make today; with `fix`, it is written anew.
pub(super) fn findings(fix: bool) -> Result<Vec<Finding>> {
    let mut cargo = command::cargo();
    cargo.args(["run", "--quiet", "--package", "feltbog-store", "--example", "new_database"]);
    let fresh = command::text(&mut cargo)?;
    let path = repository::root().join(WRITTEN);
    if fix {
        fs::write(&path, &fresh)?;
    }
    let committed = fs::read_to_string(&path).with_context(|| format!("{WRITTEN} cannot be read"))?;
    Ok(difference(&committed, &fresh).into_iter().collect())
}

fn difference(committed: &str, fresh: &str) -> Option<Finding> {
    (committed != fresh).then(|| {
        Finding(format!(
            "{WRITTEN} is not what the migrations make of a new database: `cargo xtask check --fix` writes it anew"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_an_added_migration_has_made_old_is_found() {
        let before = "CREATE TABLE entry (row INTEGER PRIMARY KEY);\n";
        assert_eq!(difference(before, before), None);
        let found = difference(before, "CREATE TABLE entry (row INTEGER PRIMARY KEY, unit TEXT);\n").unwrap();
        assert!(found.0.starts_with(WRITTEN) && found.0.contains("--fix"), "{}", found.0);
    }
}
