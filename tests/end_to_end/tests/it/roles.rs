//! Roles through the command line: what comes with one, what goes with it, and what the team lacks.

use feltbog_harness::{Device, World, notes, numbers};
use serde_json::{Value, json};

use crate::support::{AASE, ASTRID, ERIK, SHARED_CASE, is_quiet};

const TOVE: &str = "Tove Lind";

fn codes(team: &Value) -> Vec<&str> {
    team["gaps"].as_array().unwrap().iter().map(|gap| gap["code"].as_str().unwrap()).collect()
}

/// Åse with two cases, one shared with Erik, who has written on his own side, and Tove, who leads that side.
struct Office {
    world: World,
    aase: Device,
    astrid: Device,
    erik: Device,
    tove: Device,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let (aase, astrid, erik) = (world.consultant(AASE), world.consultant(ASTRID), world.treatment(ERIK));
        let tove = world.device(TOVE);
        let wish = ["invite", "--name", TOVE, "--role", "leader", "--side", "treatment"];
        tove.join(world.leader().json(&wish)["invitation"].as_str().unwrap());
        let office = Self { world, aase, astrid, erik, tove };
        office.exchange_twice();
        let new = |number, consent: &[&str]| {
            let words = ["case", "new", "--number", number, "--name", "Marianne Prøvesen"];
            office.aase.json(&[&words[..], consent].concat());
        };
        new(SHARED_CASE, &["--consent-types", "jobmål"]);
        new("SYD-2", &[]);
        office.aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        office.exchange_twice();
        office.erik.log(SHARED_CASE, "contact", "Behandlingens eget", &[]);
        office.exchange_twice();
        office
    }

    fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.aase, &self.astrid, &self.erik, &self.tove]);
    }
}

#[test]
fn the_treatment_sides_leader_has_what_is_hers_and_an_employment_leader_who_becomes_one_more_keeps_to_that_side() {
    let office = Office::new();
    assert_eq!(numbers(&office.tove.cases()), [SHARED_CASE]);
    assert_eq!(notes(&office.tove.show(SHARED_CASE)), ["Behandlingens eget"]);
    let refused = office.world.leader().refused(&["role", ASTRID, "--role", "records", "--side", "treatment"]);
    assert!(refused.contains("giver ikke adgang"), "{refused}");
    office.tove.json(&["role", ASTRID, "--role", "records", "--side", "treatment"]);
    office.exchange_twice();
    assert_eq!(numbers(&office.astrid.cases()), [SHARED_CASE]);
    assert_eq!(notes(&office.astrid.show(SHARED_CASE)), ["Behandlingens eget"]);
    office.tove.json(&["role", ASTRID, "--role", "records", "--side", "treatment", "--remove"]);
    office.exchange_twice();
    office.exchange_twice();
    assert!(office.astrid.cases().is_empty());
    for device in [&office.aase, &office.astrid, &office.erik, &office.tove, office.world.leader()] {
        is_quiet(device);
        assert_eq!(device.status()["findings"], json!([]), "{}", device.name());
    }
}

#[test]
fn the_team_says_what_it_lacks_until_nothing_is_lacking() {
    let office = Office::new();
    let leader = office.world.leader();
    let team = leader.json(&["team"]);
    assert_eq!(codes(&team), ["deputy", "deputy", "second_administrator", "share_holders"], "{team}");
    leader.json(&["role", ASTRID, "--role", "deputy"]);
    leader.json(&["role", ASTRID, "--role", "administrator"]);
    office.tove.json(&["role", ERIK, "--role", "deputy", "--side", "treatment"]);
    let holders = ["team", "--share-holder", "Ole Hansen", "--share-holder", "Pia Lund", "--share-holder", "Kim Bæk"];
    leader.json(&holders);
    office.exchange_twice();
    for device in [leader, &office.astrid, &office.tove, &office.aase] {
        let team = device.json(&["team"]);
        assert_eq!(codes(&team), [""; 0], "{team}");
        assert_eq!(team["share_holders"], json!(["Kim Bæk", "Ole Hansen", "Pia Lund"]));
        assert!(device.run(&["team"]).done().stdout.contains("Intet mangler"));
    }
}
