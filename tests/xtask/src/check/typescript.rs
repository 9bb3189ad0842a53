//! The bus in TypeScript is generated from the Rust types, and committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::finding::Finding;
use crate::{command, repository};

/// Files that differ from what the types say today; with `fix`, they are written anew.
pub(super) fn findings(fix: bool) -> Result<Vec<Finding>> {
    let committed = repository::ui().join("src/bridge/generated");
    let fresh = crate::binaries::target()?.join("typescript");
    clear(&fresh)?;
    let mut cargo = command::cargo();
    cargo.args(["run", "--quiet", "--package", "feltbog-bridge", "--bin", "feltbog-typescript", "--"]).arg(&fresh);
    command::run(&mut cargo)?;
    if fix {
        clear(&committed)?;
        for (name, text) in files(&fresh)? {
            fs::write(committed.join(name), text)?;
        }
    }
    Ok(differences(&files(&committed)?, &files(&fresh)?))
}

type Files = BTreeMap<String, String>;

fn differences(committed: &Files, fresh: &Files) -> Vec<Finding> {
    let names = committed.keys().chain(fresh.keys().filter(|name| !committed.contains_key(*name)));
    names
        .filter(|name| committed.get(*name) != fresh.get(*name))
        .map(|name| Finding(format!("{name} is not what the Rust types say: `cargo xtask check --fix` writes it anew")))
        .collect()
}

fn files(folder: &Path) -> Result<Files> {
    let items = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    items
        .map(|item| {
            let path = item?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Ok((name, fs::read_to_string(&path)?))
        })
        .collect()
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn changed_missing_and_left_over_files_are_found() {
        let committed = files(&[("Same.ts", "a"), ("Changed.ts", "b"), ("Left.ts", "c")]);
        let fresh = files(&[("Same.ts", "a"), ("Changed.ts", "B"), ("New.ts", "d")]);
        let found = differences(&committed, &fresh);
        let names: Vec<&str> = found.iter().filter_map(|finding| finding.0.split(' ').next()).collect();
        assert_eq!(names, ["Changed.ts", "Left.ts", "New.ts"]);
        assert_eq!(differences(&fresh, &fresh), []);
    }
}
