//! `cargo xtask check`: what no test notices.

mod depends;
mod document;
mod files;
mod finding;
mod layer_table;
mod layers;
mod printed;
mod typescript;

use anyhow::{Context, Result, bail};
use cargo_metadata::MetadataCommand;

use self::finding::Finding;
use crate::words::Words;
use crate::{command, needs, repository};

/// Every check runs, also after one that failed.
pub(crate) fn run(mut words: Words) -> Result<()> {
    let fix = words.flag("--fix");
    words.finish()?;
    needs::sqlcipher()?;
    let checks: [(&str, Check); 8] = [
        ("formatting", formatting),
        ("file sizes and lock files", |_| files::findings(&repository::root())),
        ("names in README.md and ARCHITECTURE.md", |_| document::findings(&repository::root())),
        ("layers of ARCHITECTURE.md", |_| layers()),
        ("generated TypeScript", typescript::findings),
        ("what a new database is made of", printed::new_database),
        ("the server's OpenAPI", printed::openapi),
        ("clippy", |_| clippy()),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        let findings = check(fix).unwrap_or_else(|error| vec![Finding(format!("{error:#}"))]);
        println!("{} {name}", if findings.is_empty() { "ok  " } else { "FAIL" });
        for finding in &findings {
            println!("     {}", finding.0);
        }
        if !findings.is_empty() {
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("not in order: {}", failed.join(", "));
    }
    Ok(())
}

/// Told whether to put right what it can.
type Check = fn(bool) -> Result<Vec<Finding>>;

fn formatting(fix: bool) -> Result<Vec<Finding>> {
    let mut cargo = command::cargo();
    cargo.args(["fmt", "--all"]);
    if !fix {
        cargo.arg("--check");
    }
    command::run(&mut cargo).map(|()| Vec::new()).context("put it right with `cargo xtask check --fix`")
}

fn clippy() -> Result<Vec<Finding>> {
    let mut cargo = command::cargo();
    cargo.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    command::run(&mut cargo).map(|()| Vec::new())
}

fn layers() -> Result<Vec<Finding>> {
    let root = repository::root();
    let metadata = MetadataCommand::new().current_dir(&root).other_options(["--locked".to_owned()]).exec()?;
    let table = layer_table::LayerTable::read(&std::fs::read_to_string(root.join("ARCHITECTURE.md"))?)?;
    Ok(layers::findings(&depends::packages(&metadata), &table))
}
