//! The workspace's packages and what they depend on, out of cargo's own answer.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, PackageId};

/// One package of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) name: String,
    /// Its folder, below the checkout.
    pub(super) folder: String,
    /// Packages of its manifest that ship with it.
    pub(super) direct: BTreeSet<String>,
    /// All that ships with it, at any depth.
    pub(super) linked: BTreeSet<String>,
    /// Packages whose `simulation` feature it asks for, in any kind of dependency; itself when it turns its own on by default.
    pub(super) simulated: BTreeSet<String>,
}

/// All packages of the workspace.
pub(super) fn packages(metadata: &Metadata) -> Vec<Package> {
    let names: BTreeMap<&PackageId, &str> =
        metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
    let edges = edges(metadata);
    let members = metadata.workspace_packages();
    members
        .iter()
        .map(|package| Package {
            name: package.name.to_string(),
            folder: folder(package.manifest_path.as_str(), metadata.workspace_root.as_str()),
            direct: package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .map(|dependency| dependency.name.clone())
                .collect(),
            linked: reached(&package.id, &edges)
                .iter()
                .filter_map(|id| names.get(id))
                .map(ToString::to_string)
                .collect(),
            simulated: simulated(package),
        })
        .collect()
}

fn simulated(package: &cargo_metadata::Package) -> BTreeSet<String> {
    let asked = package.dependencies.iter().filter(|dependency| dependency.features.iter().any(|f| f == SIMULATION));
    let turned_on = package.features.iter().filter(|(feature, on)| {
        feature.as_str() != SIMULATION && on.iter().any(|f| f == SIMULATION || f.ends_with("/simulation"))
    });
    asked
        .map(|dependency| dependency.name.clone())
        .chain(turned_on.map(|(feature, _)| format!("its feature {feature}")))
        .collect()
}

/// Seeded randomness, disks that refuse, bugs on purpose.
const SIMULATION: &str = "simulation";

type Edges<'a> = BTreeMap<&'a PackageId, Vec<&'a PackageId>>;

fn edges(metadata: &Metadata) -> Edges<'_> {
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    nodes
        .map(|node| {
            let shipped = node
                .deps
                .iter()
                .filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
            (&node.id, shipped.map(|dependency| &dependency.pkg).collect())
        })
        .collect()
}

fn reached<'a>(from: &'a PackageId, edges: &Edges<'a>) -> BTreeSet<&'a PackageId> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        let next = edges.get(id).into_iter().flatten().copied();
        open.extend(next.filter(|id| reached.insert(*id)));
    }
    reached
}

fn folder(manifest: &str, root: &str) -> String {
    let folder = manifest.strip_prefix(root).unwrap_or(manifest).trim_start_matches('/');
    folder.trim_end_matches("Cargo.toml").trim_end_matches('/').to_owned()
}
