//! Who depends on whom, against who may.

use super::depends::Package;
use super::finding::Finding;
use super::layer_table::LayerTable;

const PREFIX: &str = "feltbog-";

/// The one package that may live with seeded randomness.
const SIMULATION: &str = "feltbog-simulation";

/// What stands in one manifest, and whose that is.
const OF_ONE_ALONE: [(&str, &str); 2] = [("automerge", "feltbog-notes"), ("uniffi", "feltbog-ffi")];

/// Nothing the server links may open an envelope or parse a document.
const BLIND_TO: [&str; 9] = [
    "feltbog-changes",
    "feltbog-sealing",
    "feltbog-notes",
    "feltbog-store",
    "feltbog-app",
    "automerge",
    "hpke",
    "chacha20poly1305",
    "argon2",
];

/// A command line, templates and a web server have no place on a phone.
const NOT_ON_PHONES: [&str; 4] = ["clap", "askama", "axum", "uniffi_bindgen"];

/// Everything that is not as the table says.
pub(super) fn findings(packages: &[Package], table: &LayerTable) -> Vec<Finding> {
    let shipped = || packages.iter().filter(|package| !package.folder.starts_with("tests/"));
    let mut findings: Vec<Finding> = packages.iter().filter_map(misnamed).collect();
    findings.extend(shipped().flat_map(|package| above_itself(package, table)));
    findings.extend(packages.iter().filter(|package| package.name == "feltbog-server").flat_map(seeing));
    findings.extend(packages.iter().filter(|package| package.name == "feltbog-ffi").flat_map(too_much_for_a_phone));
    findings.extend(packages.iter().filter(|package| package.name != SIMULATION).filter_map(simulating));
    findings.extend(OF_ONE_ALONE.iter().filter_map(|(dependency, owner)| {
        let with: Vec<&str> = shipped().filter(|p| p.direct.contains(*dependency)).map(|p| p.name.as_str()).collect();
        with.iter()
            .any(|name| name != owner)
            .then(|| Finding(format!("{dependency} belongs to {owner} alone, and stands in {}", with.join(", "))))
    }));
    findings
}

fn too_much_for_a_phone(library: &Package) -> Vec<Finding> {
    let linked = NOT_ON_PHONES.iter().filter(|dependency| library.linked.contains(**dependency));
    linked.map(|dependency| Finding(format!("the library for phones links {dependency}"))).collect()
}

/// Randomness from a seed must be out of reach of whatever ships.
fn simulating(package: &Package) -> Option<Finding> {
    let asked: Vec<&str> = package.simulated.iter().map(String::as_str).collect();
    (!asked.is_empty()).then(|| {
        Finding(format!(
            "{} asks for the feature `simulation` of {}: only {SIMULATION} may",
            package.name,
            asked.join(", ")
        ))
    })
}

fn misnamed(package: &Package) -> Option<Finding> {
    let folder = package.folder.rsplit('/').next().unwrap_or_default().replace('_', "-");
    let name = package.name.replace('_', "-");
    (name != format!("{PREFIX}{folder}")).then(|| {
        Finding(format!("{} lies in {}: the folder is the name without {PREFIX}", package.name, package.folder))
    })
}

fn above_itself(package: &Package, table: &LayerTable) -> Vec<Finding> {
    let name = package.name.trim_start_matches(PREFIX);
    let Some(allowed) = table.row(name) else {
        return vec![Finding(format!("{} has no row in the table of ARCHITECTURE.md", package.name))];
    };
    let own = package.direct.iter().filter_map(|dependency| dependency.strip_prefix(PREFIX));
    own.filter(|dependency| !allowed.contains(*dependency))
        .map(|dependency| Finding(format!("{name} must not depend on {dependency}")))
        .collect()
}

fn seeing(server: &Package) -> Vec<Finding> {
    let seen = BLIND_TO.iter().filter(|dependency| server.linked.contains(**dependency));
    seen.map(|dependency| Finding(format!("the server links {dependency}, and could read what it must not"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "| | domain | notes | app |\n|---|---|---|---|\n| notes | x | | |\n| app | x | x | |\n| server | x | | |\n";

    fn package(folder: &str, direct: &[&str]) -> Package {
        let name = format!("{PREFIX}{}", folder.rsplit('/').next().unwrap_or_default().replace('_', "-"));
        let direct = direct.iter().map(ToString::to_string).collect();
        Package { name, folder: folder.to_owned(), direct, ..Package::default() }
    }

    fn found(packages: &[Package]) -> Vec<String> {
        findings(packages, &LayerTable::read(TABLE).unwrap()).into_iter().map(|finding| finding.0).collect()
    }

    #[test]
    fn what_the_table_allows_is_in_order() {
        let packages = [
            package("core/domain", &["serde"]),
            package("core/notes", &["feltbog-domain", "automerge"]),
            package("core/app", &["feltbog-notes", "feltbog-domain"]),
            package("server", &["feltbog-domain"]),
            package("tests/end_to_end", &["feltbog-server", "feltbog-app", "automerge"]),
        ];
        assert_eq!(found(&packages), Vec::<String>::new());
    }

    #[test]
    fn a_dependency_the_table_does_not_mark_is_found() {
        assert_eq!(found(&[package("core/notes", &["feltbog-app"])]), ["notes must not depend on app"]);
        assert_eq!(found(&[package("core/domain", &["feltbog-notes"])]), ["domain must not depend on notes"]);
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        assert_eq!(found(&[package("core/extra", &[])]), ["feltbog-extra has no row in the table of ARCHITECTURE.md"]);
    }

    #[test]
    fn a_server_that_could_see_is_found_at_any_depth() {
        let mut server = package("server", &["feltbog-domain"]);
        server.linked = ["serde", "chacha20poly1305"].map(str::to_owned).into();
        assert_eq!(found(&[server]), ["the server links chacha20poly1305, and could read what it must not"]);
    }

    #[test]
    fn a_command_line_in_the_library_for_phones_is_found() {
        let mut library = package("bindings/ffi", &["uniffi"]);
        library.linked = ["uniffi", "clap"].map(str::to_owned).into();
        assert_eq!(
            found(&[library]),
            ["feltbog-ffi has no row in the table of ARCHITECTURE.md", "the library for phones links clap"]
        );
    }

    #[test]
    fn automerge_in_a_second_manifest_is_found() {
        let packages = [package("core/notes", &["automerge"]), package("core/app", &["automerge"])];
        assert_eq!(
            found(&packages),
            ["automerge belongs to feltbog-notes alone, and stands in feltbog-notes, feltbog-app"]
        );
    }

    #[test]
    fn seeded_randomness_is_for_the_simulation_alone() {
        let mut simulation = package("tests/simulation", &[]);
        simulation.simulated = ["feltbog-sealing".to_owned()].into();
        let mut desktop = package("core/app", &[]);
        desktop.simulated = simulation.simulated.clone();
        assert_eq!(
            found(&[simulation, desktop]),
            ["feltbog-app asks for the feature `simulation` of feltbog-sealing: only feltbog-simulation may"]
        );
    }

    #[test]
    fn a_folder_of_another_name_is_found() {
        let mut moved = package("core/notes", &[]);
        moved.folder = "core/texts".to_owned();
        assert_eq!(found(&[moved]), ["feltbog-notes lies in core/texts: the folder is the name without feltbog-"]);
    }
}
