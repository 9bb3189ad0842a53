//! Sizes of source files, and lock files that work in every network.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::finding::Finding;
use crate::repository;

/// A longer file is about two things.
const MOST_LINES: usize = 600;
/// The library for phones carries and decides nothing; what is longer belongs to the bridge or the core.
const THIN: (&str, usize) = ("bindings/ffi/src", 600);
const SOURCES: [&str; 7] = ["rs", "ts", "js", "svelte", "kt", "py", "swift"];
/// Made by machines, or fetched.
const PASSED_OVER: [&str; 7] = [".git", "target", "node_modules", "dist", "generated", "out", "fixtures"];

/// Files and crates that are too long, and lock files with addresses in them.
pub(super) fn findings(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = within(root)?;
    let (folder, most) = THIN;
    let lines = lines(&root.join(folder))?;
    if lines > most {
        findings.push(Finding(format!("{folder} has {lines} lines in all, more than {most}")));
    }
    Ok(findings)
}

/// All lines below a folder.
fn lines(folder: &Path) -> Result<usize> {
    let mut sum = 0;
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        sum += if path.is_dir() { lines(&path)? } else { fs::read_to_string(&path)?.lines().count() };
    }
    Ok(sum)
}

fn within(folder: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !PASSED_OVER.contains(&name.as_ref()) {
                findings.extend(within(&path)?);
            }
        } else if name == "package-lock.json" {
            findings.extend(with_addresses(&shown(&path), &fs::read_to_string(&path)?));
        } else if path.extension().is_some_and(|ending| SOURCES.iter().any(|source| ending == *source)) {
            findings.extend(too_long(&shown(&path), &fs::read_to_string(&path)?));
        }
    }
    Ok(findings)
}

fn shown(path: &Path) -> String {
    path.strip_prefix(repository::root()).unwrap_or(path).display().to_string()
}

/// A lock file pins versions and checksums; where packages come from is each network's own affair.
fn with_addresses(path: &str, content: &str) -> Option<Finding> {
    content.contains("\"resolved\"").then(|| {
        Finding(format!("{path} names where packages come from: write it again with omit-lockfile-registry-resolved"))
    })
}

fn too_long(path: &str, content: &str) -> Option<Finding> {
    let lines = content.lines().count();
    (lines > MOST_LINES).then(|| Finding(format!("{path} has {lines} lines, more than {MOST_LINES}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_and_addresses_are_found() {
        assert_eq!(too_long("a.rs", &"x\n".repeat(MOST_LINES)), None);
        assert!(too_long("a.rs", &"x\n".repeat(MOST_LINES + 1)).is_some());
        assert_eq!(with_addresses("package-lock.json", "{\"integrity\": \"sha512\"}"), None);
        assert!(with_addresses("package-lock.json", "{\"resolved\": \"https://..\"}").is_some());
    }
}
