//! The licences of everything that is in the program, in full, as most of them ask for.

use std::fs;

use anyhow::Result;
use cargo_metadata::Package;

use super::linked::Linked;

/// Crate by crate, with the texts it brings along.
pub(super) fn of(linked: &Linked) -> Result<String> {
    let mut all = String::from("What feltbog-server is made of, and under which licence each part is.\n");
    for package in &linked.packages {
        let licence = package.license.as_deref().unwrap_or("see below");
        all.push_str(&format!("\n{RULE}\n{} {}: {licence}\n", package.name, package.version));
        for text in texts(package)? {
            all.push_str(&format!("\n{}\n", text.trim_end()));
        }
    }
    Ok(all)
}

/// The files of a crate that are about its licence, each text once.
fn texts(package: &Package) -> Result<Vec<String>> {
    let Some(folder) = package.manifest_path.parent() else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for item in fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let upper = name.to_uppercase();
        if item.file_type()?.is_file() && ABOUT.iter().any(|about| upper.starts_with(about)) {
            names.push(name);
        }
    }
    names.sort();
    let mut texts: Vec<String> = Vec::new();
    for name in names {
        let text = String::from_utf8_lossy(&fs::read(folder.join(name))?).into_owned();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}

const ABOUT: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
const RULE: &str = "----------------------------------------------------------------";
