//! Two municipalities' signed files at a region, through the shipped program.

use std::path::{Path, PathBuf};

use feltbog_harness::{CaseLine, CsvSet, Device, World};
use serde_json::json;

use crate::support::imported;

const QUARTER: &str = "31-03-2026";

/// A municipality in which so many were enrolled in January, its signed file, and the fingerprint it gives by telephone.
struct Town {
    world: World,
    file: PathBuf,
    fingerprint: String,
}

impl Town {
    fn with(name: &str, citizens: u32) -> Self {
        let world = World::of(name, "IPS Eksempel");
        let case = |number| {
            let enrolled = "05-01-2026".to_owned();
            CaseLine { enrolled, ..CaseLine::new(&format!("C-{number}"), "Bo", "", "").without_consent() }
        };
        let cases = (1..=citizens).fold(CsvSet::new(), |set, number| set.case(&case(number)));
        imported(world.leader(), &cases.write(&world.folder().join("csv")), &[]);
        let file = world.folder().join("tal.json");
        let page = world.leader().json(&["report", "--for-region", file.to_str().unwrap(), "--at", QUARTER]);
        let fingerprint = page["fingerprint"].as_str().unwrap().to_owned();
        Self { world, file, fingerprint }
    }

    fn path(&self) -> &str {
        self.file.to_str().unwrap()
    }
}

fn list(folder: &Path, towns: &[(&str, &Town)]) -> String {
    let one = |(name, town): &(&str, &Town)| {
        format!("[[municipality]]\nname = \"{name}\"\nroot = \"{}\"\n", town.fingerprint)
    };
    let file = folder.join("kommuner.toml");
    let text = format!("name = \"IPS Region\"\n{}", towns.iter().map(one).collect::<String>());
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn two_municipalities_files_are_added_up_and_the_one_that_is_missing_is_named() {
    let (north, south) = (Town::with("Nord Kommune", 12), Town::with("Syd Kommune", 7));
    let third = Town::with("Vest Kommune", 0);
    let region: Device = north.world.device("region");
    let listed = list(north.world.folder(), &[("Nord", &north), ("Syd", &south), ("Vest", &third)]);
    let page = region.json(&["region", north.path(), south.path(), "--municipalities", &listed]);
    assert_eq!((&page["as_of"], &page["missing"]), (&json!("2026-03-31"), &json!(["Vest"])));
    let figures = page["figures"].as_array().unwrap();
    let ever = figures.iter().find(|figure| figure["measure"] == "ever_started").unwrap();
    // Twelve and seven, each in whole fives.
    assert_eq!((&ever["each"][0]["denominator"], &ever["each"][1]["denominator"]), (&json!(10), &json!(5)));
    assert_eq!((&ever["sum"]["denominator"], &ever["sum"]["numerator"]), (&json!(15), &json!(0)));
    let said = region.run(&["region", north.path(), south.path(), "--municipalities", &listed]).done().stdout;
    assert!(said.contains("IPS Region, alt til og med 31-03-2026") && said.contains("Vest"), "{said}");
    assert!(!region.home().exists(), "a region is a member of nothing");
}

#[test]
fn a_file_that_was_changed_or_comes_from_somebody_else_is_refused_by_name_and_the_rest_is_counted() {
    let (north, south) = (Town::with("Nord Kommune", 12), Town::with("Syd Kommune", 7));
    let region = north.world.device("region");
    let text = std::fs::read_to_string(&north.file).unwrap();
    let changed = north.world.folder().join("rettet.json");
    std::fs::write(&changed, text.replacen("10", "15", 1)).unwrap();
    let listed = list(north.world.folder(), &[("Nord", &north)]);
    let files = ["region", changed.to_str().unwrap(), south.path(), north.path(), "--municipalities", &listed];
    let ran = region.run(&files);
    assert_ne!(ran.code, Some(0));
    assert!(ran.stderr.contains("rettet.json") && ran.stderr.contains(south.path()), "{}", ran.stderr);
    assert!(ran.stdout.contains("Nord") && !ran.stdout.contains("Ingen fil er talt med"), "{}", ran.stdout);
    let rubbish = north.world.folder().join("foto.json");
    std::fs::write(&rubbish, [0xff, 0xd8, 0xff, 0x00]).unwrap();
    let ran = region.run(&["region", rubbish.to_str().unwrap(), "--municipalities", &listed]);
    assert!(ran.stderr.contains("foto.json") && ran.stdout.contains("Ingen fil er talt med"), "{}", ran.stdout);
}
