//! What the program is made of, for programs: a bill of materials in CycloneDX.

use anyhow::{Result, ensure};
use cargo_metadata::Package;
use cyclonedx_bom::models::component::{Classification, Component, Components};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::prelude::{Bom, NormalizedString, Purl, SpdxExpression, SpecVersion, Validate};

use super::linked::Linked;

/// The bill as JSON. It bears neither a number nor a date: the same sources have the same bill.
pub(super) fn of(linked: &Linked) -> Result<String> {
    let mut components = linked.packages.iter().map(component).collect::<Result<Vec<_>>>()?;
    let mut server = components.remove(linked.server);
    server.component_type = Classification::Application;
    let bom = Bom {
        version: 1,
        serial_number: None,
        metadata: Some(Metadata { component: Some(server), ..Metadata::default() }),
        components: Some(Components(components)),
        dependencies: Some(dependencies(linked)),
        spec_version: SpecVersion::V1_5,
        ..Bom::default()
    };
    let judged = bom.validate_version(SpecVersion::V1_5);
    ensure!(judged.passed(), "the bill of materials is not right: {judged:?}");
    let mut json = Vec::new();
    bom.output_as_json_v1_5(&mut json)?;
    Ok(String::from_utf8(json)?)
}

fn component(package: &Package) -> Result<Component> {
    let (name, version) = (package.name.as_str(), package.version.to_string());
    let mut component = Component::new(Classification::Library, name, &version, Some(reference(package)));
    component.description = package.description.as_deref().map(|text| NormalizedString::new(text.trim()));
    // The old way to say "or" is not an expression.
    let licence = package.license.as_deref().map(|text| text.replace('/', " OR "));
    component.licenses = licence.map(|text| Licenses(vec![LicenseChoice::Expression(SpdxExpression::new(&text))]));
    component.purl = Some(Purl::new("cargo", name, &version)?);
    Ok(component)
}

fn dependencies(linked: &Linked) -> Dependencies {
    let of = |(package, needs): (&Package, &Vec<usize>)| Dependency {
        dependency_ref: reference(package),
        dependencies: needs.iter().filter_map(|place| linked.packages.get(*place)).map(reference).collect(),
    };
    Dependencies(linked.packages.iter().zip(&linked.needs).map(of).collect())
}

fn reference(package: &Package) -> String {
    format!("{}@{}", package.name, package.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bill_names_what_is_in_the_program_and_nothing_that_only_tests_need() {
        let bill = of(&Linked::in_the_server().unwrap()).unwrap();
        let read: serde_json::Value = serde_json::from_str(&bill).unwrap();
        assert_eq!(read["metadata"]["component"]["name"], "feltbog-server");
        let names: Vec<&str> =
            read["components"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
        for name in ["feltbog-protocol", "hyper", "rustls", "sqlcipher-src", "rusqlite"] {
            assert!(names.contains(&name), "{name}");
        }
        for name in ["feltbog-server", "feltbog-app", "automerge", "tempfile", "rcgen", "krilla"] {
            assert!(!names.contains(&name), "{name}");
        }
        assert!(read["components"].as_array().unwrap().iter().all(|one| one["licenses"].is_array()));
    }
}
