//! Files that a program of ours prints, and that are committed for people and builds to read.

use std::fs;

use anyhow::{Context, Result};

use super::finding::Finding;
use crate::{command, repository};

/// One of them.
struct Printed {
    file: &'static str,
    package: &'static str,
    example: &'static str,
    /// What the file is, where it is right.
    is: &'static str,
}

const NEW_DATABASE: Printed = Printed {
    file: "core/store/migrations/at_once.sql",
    package: "feltbog-store",
    example: "new_database",
    is: "what the migrations make of a new database",
};
const OPENAPI: Printed = Printed {
    file: "server/docs/openapi.json",
    package: "feltbog-server",
    example: "openapi",
    is: "what the server's endpoints say of themselves",
};

/// Of a new database of a device, which follows from the migrations.
pub(super) fn new_database(fix: bool) -> Result<Vec<Finding>> {
    NEW_DATABASE.findings(fix)
}

/// Of the server's description for other programs.
pub(super) fn openapi(fix: bool) -> Result<Vec<Finding>> {
    OPENAPI.findings(fix)
}

impl Printed {
    /// Whether the file is another than is printed today; with `fix`, it is written anew.
    fn findings(&self, fix: bool) -> Result<Vec<Finding>> {
        let mut cargo = command::cargo();
        cargo.args(["run", "--quiet", "--package", self.package, "--example", self.example]);
        let fresh = command::text(&mut cargo)?;
        let path = repository::root().join(self.file);
        if fix {
            fs::write(&path, &fresh)?;
        }
        let committed = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", self.file))?;
        Ok(self.difference(&committed, &fresh).into_iter().collect())
    }

    fn difference(&self, committed: &str, fresh: &str) -> Option<Finding> {
        let Self { file, is, .. } = self;
        (committed != fresh).then(|| Finding(format!("{file} is not {is}: `cargo xtask check --fix` writes it anew")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_an_added_migration_has_made_old_is_found() {
        let before = "CREATE TABLE entry (row INTEGER PRIMARY KEY);\n";
        assert_eq!(NEW_DATABASE.difference(before, before), None);
        let found =
            NEW_DATABASE.difference(before, "CREATE TABLE entry (row INTEGER PRIMARY KEY, unit TEXT);\n").unwrap();
        assert!(found.0.starts_with(NEW_DATABASE.file) && found.0.contains("--fix"), "{}", found.0);
    }
}
