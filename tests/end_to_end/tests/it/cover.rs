//! *Dæk for Åse til i morgen*: who stands in has her cases until then, and she reads what was written.

use feltbog_harness::{Device, World, entries, notes, numbers};
use serde_json::{Value, json};

use crate::support::{AASE, ASTRID, ERIK, SHARED_CASE, at_another_time, has_faketime, is_quiet};

const OTHER_CASE: &str = "SYD-2";

/// Åse's two cases, one of them shared with Erik; Astrid has none.
struct Office {
    world: World,
    aase: Device,
    astrid: Device,
    erik: Device,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let (aase, astrid) = (world.consultant(AASE), world.consultant(ASTRID));
        let erik = world.treatment(ERIK);
        let office = Self { world, aase, astrid, erik };
        office.exchange_twice();
        for (number, name) in [(SHARED_CASE, "Marianne Prøvesen"), (OTHER_CASE, "Heidi Prøvesen")] {
            office.aase.json(&["case", "new", "--number", number, "--name", name, "--consent-types", "jobmål"]);
            office.aase.log(number, "contact", &format!("Åses eget i {number}"), &[]);
        }
        office.aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        office.exchange_twice();
        office
    }

    fn leader(&self) -> &Device {
        self.world.leader()
    }

    fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.aase, &self.astrid, &self.erik]);
    }

    fn covered_until(&self, day: &str) {
        let covered = self.leader().json(&["cover", "--for", AASE, "--by", ASTRID, "--until", day]);
        assert_eq!(covered, json!({ "covered": 2 }));
        self.exchange_twice();
    }

    fn everybody_is_quiet(&self) {
        for device in [self.leader(), &self.aase, &self.astrid, &self.erik] {
            is_quiet(device);
            assert_eq!(device.status()["findings"], json!([]), "{}", device.name());
        }
    }
}

fn at_that_time(device: &Device, shift: &str, command: &str) -> Value {
    let output = at_another_time(device, shift, &[command, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn who_stands_in_works_with_the_cases_and_who_was_away_reads_first_what_was_written() {
    let office = Office::new();
    office.covered_until("i morgen");
    assert_eq!(numbers(&office.astrid.cases()), [SHARED_CASE, OTHER_CASE]);
    for case in office.astrid.cases() {
        assert_eq!(case["consultant"], AASE, "the case stays hers: {case}");
        assert_eq!((&case["cover"]["absent"], &case["cover"]["by"]), (&json!(AASE), &json!(ASTRID)), "{case}");
    }
    let own = office.astrid.log(SHARED_CASE, "contact", "Ringede for Åse.", &[]);
    let shared = office.astrid.log(SHARED_CASE, "network_meeting", "Mødtes med Erik.", &["--shared"]);
    office.leader().log(SHARED_CASE, "note", "Lederen så forbi.", &[]);
    office.exchange_twice();
    assert!(notes(&office.erik.show(SHARED_CASE)).contains(&"Mødtes med Erik."));

    let meanwhile = office.aase.status()["meanwhile"].clone();
    let mut told: Vec<&str> = meanwhile.as_array().unwrap().iter().map(|row| row["entry"].as_str().unwrap()).collect();
    told.sort_unstable();
    let mut written = vec![own.as_str(), shared.as_str()];
    written.sort_unstable();
    assert_eq!(told, written);
    for row in meanwhile.as_array().unwrap() {
        assert_eq!((&row["by"], &row["name"]), (&json!(ASTRID), &json!("Marianne Prøvesen")), "{row}");
    }
    let said = office.aase.run(&["status"]).done().stdout;
    assert!(said.contains("Mens du var væk") && said.contains(ASTRID), "{said}");
    for device in [office.leader(), &office.astrid, &office.erik] {
        assert_eq!(device.status()["meanwhile"], json!([]), "{}", device.name());
    }
    let page = office.aase.show(OTHER_CASE);
    assert!(entries(&page).iter().any(|entry| entry["kind"] == "cover"), "{page}");
    office.everybody_is_quiet();
}

#[test]
fn the_cases_leave_the_device_when_the_day_is_over_without_a_network_and_come_back_when_it_is_made_longer() {
    if !has_faketime() {
        return;
    }
    let mut office = Office::new();
    office.covered_until("i morgen");
    let unsent = office.astrid.log(SHARED_CASE, "contact", "Skrevet i sidste øjeblik.", &[]);
    office.world.server_down();
    assert_eq!(at_that_time(&office.astrid, "+0d", "cases").as_array().unwrap().len(), 2);
    assert_eq!(at_that_time(&office.astrid, "+3d", "cases"), json!([]));
    assert!(office.astrid.cases().is_empty(), "a clock that is set back brings nothing back");
    assert!(office.astrid.search(&["Marianne"]).is_empty());
    let handed = office.astrid.status()["handed_in"].clone();
    assert_eq!((&handed[0]["entry"], &handed[0]["delivered"]), (&json!(unsent), &json!(false)), "{handed}");

    office.world.server_up();
    office.exchange_twice();
    assert_eq!(office.astrid.status()["handed_in"][0]["delivered"], true);
    assert_eq!(office.leader().json(&["deposits", "take", "--all"]), json!({ "taken": 1 }));
    office.covered_until("i morgen");
    assert_eq!(numbers(&office.astrid.cases()), [SHARED_CASE, OTHER_CASE]);
    assert!(notes(&office.astrid.show(SHARED_CASE)).contains(&"Skrevet i sidste øjeblik."));
    office.everybody_is_quiet();
}

#[test]
fn a_cover_is_ended_before_its_day_and_an_assignment_outlasts_it() {
    let office = Office::new();
    office.covered_until("i morgen");
    office.leader().json(&["assign", OTHER_CASE, "--member", ASTRID, "--as", "consultant"]);
    office.exchange_twice();
    let ended = office.leader().json(&["cover", "--for", AASE, "--by", ASTRID, "--end"]);
    assert_eq!(ended, json!({ "covered": 1 }), "the other case is hers now");
    office.exchange_twice();
    assert_eq!(numbers(&office.astrid.cases()), [OTHER_CASE]);
    office.leader().refused(&["cover", "--for", AASE, "--by", ASTRID, "--end"]);
    office.everybody_is_quiet();
}

#[test]
fn a_cover_by_the_wrong_person_or_for_a_day_that_is_none_changes_nothing() {
    let office = Office::new();
    for (device, wrong) in [
        (&office.astrid, ["--for", AASE, "--by", ASTRID, "--until", "i morgen"]),
        (&office.erik, ["--for", AASE, "--by", ASTRID, "--until", "i morgen"]),
        (office.leader(), ["--for", AASE, "--by", ERIK, "--until", "i morgen"]),
        (office.leader(), ["--for", AASE, "--by", AASE, "--until", "i morgen"]),
        (office.leader(), ["--for", AASE, "--by", ASTRID, "--until", "01-01-2020"]),
        (office.leader(), ["--for", AASE, "--by", ASTRID, "--until", "snart"]),
        (office.leader(), ["--for", ASTRID, "--by", AASE, "--until", "i morgen"]),
    ] {
        device.refused(&[&["cover"][..], &wrong].concat());
    }
    office.exchange_twice();
    assert!(office.astrid.cases().is_empty());
    assert_eq!(office.aase.status()["meanwhile"], json!([]));
}
