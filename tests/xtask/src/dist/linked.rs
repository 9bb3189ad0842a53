//! The crates that are in the server's program.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand, Package};

use crate::{command, repository};

/// The server and all it is built from, C sources of build scripts included, with who needs whom.
pub(super) struct Linked {
    /// By name and version.
    pub(super) packages: Vec<Package>,
    /// Of each the places of those it needs.
    pub(super) needs: Vec<Vec<usize>>,
    /// The place of the server itself.
    pub(super) server: usize,
}

impl Linked {
    /// As the lock file has it.
    pub(super) fn in_the_server() -> Result<Self> {
        let root = repository::root();
        let metadata = MetadataCommand::new().current_dir(&root).other_options(["--locked".to_owned()]).exec()?;
        let wanted = built_in()?;
        let mut packages: Vec<Package> =
            metadata.packages.iter().filter(|package| wanted.contains(&named(package))).cloned().collect();
        packages.sort_by_key(named);
        let server = packages.iter().position(|package| package.name.as_str() == SERVER).context("the server")?;
        Ok(Self { needs: edges(&metadata, &packages), packages, server })
    }
}

/// What cargo says it builds for the server alone: the workspace as a whole turns more features on.
fn built_in() -> Result<BTreeSet<(String, String)>> {
    let mut cargo = command::cargo();
    cargo.args(["tree", "--locked", "--package", SERVER, "--edges", "normal,build", "--prefix", "none"]);
    let lines = command::text(cargo.args(["--format", "{p}"]))?;
    let pair = |line: &str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.trim_start_matches('v').to_owned()))
    };
    Ok(lines.lines().filter_map(pair).collect())
}

fn named(package: &Package) -> (String, String) {
    (package.name.to_string(), package.version.to_string())
}

fn edges(metadata: &Metadata, packages: &[Package]) -> Vec<Vec<usize>> {
    let places: BTreeMap<_, _> = packages.iter().enumerate().map(|(place, package)| (&package.id, place)).collect();
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let needs: BTreeMap<_, Vec<usize>> = nodes
        .map(|node| {
            let mut needs: Vec<usize> = node.dependencies.iter().filter_map(|id| places.get(id).copied()).collect();
            needs.sort_unstable();
            (&node.id, needs)
        })
        .collect();
    packages.iter().map(|package| needs.get(&package.id).cloned().unwrap_or_default()).collect()
}

const SERVER: &str = "feltbog-server";
