//! Who has read about a citizen: every reading is told, the records officer of the own side opens it, and nobody else.

use feltbog_harness::scan::Needles;
use feltbog_harness::{Device, World};
use serde_json::{Value, json};

use crate::support::{AASE, is_quiet};

const CASE: &str = "SYD-1";
const RITA: &str = "Rita Arkivsen";

/// The founder leads, Rita keeps the employment side's records, Åse is a consultant with a case.
struct Office {
    world: World,
    rita: Device,
    aase: Device,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let (rita, aase) = (world.member(RITA, "records"), world.consultant(AASE));
        let office = Self { world, rita, aase };
        office.exchange_twice();
        office.aase.json(&["case", "new", "--number", CASE, "--name", "Marianne Prøvesen"]);
        office.aase.log(CASE, "contact", "Gik langs havnen", &[]);
        office.exchange_twice();
        office
    }

    fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.rita, &self.aase]);
    }

    /// What the log says of a reader, oldest first.
    fn told_of(&self, name: &str) -> Vec<Value> {
        let log = self.rita.json(&["readlog", CASE]);
        log.as_array().unwrap().iter().filter(|line| line["staff"] == name).cloned().collect()
    }
}

fn actions(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["action"].as_str().unwrap()).collect()
}

#[test]
fn there_are_as_many_lines_as_readings_also_of_what_was_read_offline_and_right_before_a_kill() {
    let mut office = Office::new();
    assert!(office.told_of(AASE).is_empty());
    office.aase.cases();
    office.aase.show(CASE);
    office.aase.show(CASE);
    office.world.server_down();
    let found = office.aase.search(&["havnen"]);
    assert_eq!(found.len(), 1);
    assert!(office.aase.search(&["ingenting"]).is_empty());
    let entry = found[0]["entry"].as_str().unwrap();
    let host = office.aase.open();
    let opened = host.call(&json!({ "type": "open_entry", "entry": entry })).unwrap();
    assert_eq!(opened["entry"]["note"], "Gik langs havnen");
    // The answer was given, so it is written down.
    host.kill();
    office.aase.show(CASE);
    office.world.server_up();
    assert!(office.told_of(AASE).is_empty(), "nothing is known before the device has sent");
    office.exchange_twice();
    let told = office.told_of(AASE);
    assert_eq!(actions(&told), ["listed", "opened", "opened", "searched", "opened", "opened"]);
    assert_eq!((&told[3]["words"], &told[4]["entry"]), (&json!("havnen"), &json!(entry)));
    assert!(told.iter().all(|line| line["purpose"].as_str().unwrap().starts_with("IPS-konsulent")), "{told:?}");
    office.exchange_twice();
    assert_eq!(office.told_of(AASE).len(), 6, "nothing is told twice");
    for device in [office.world.leader(), &office.rita, &office.aase] {
        assert_eq!(device.status()["findings"], json!([]));
        is_quiet(device);
    }
}

#[test]
fn a_citizen_gets_the_log_without_the_names_of_the_staff() {
    let office = Office::new();
    office.aase.show(CASE);
    office.world.leader().show(CASE);
    office.exchange_twice();
    let (named, nameless) =
        (office.rita.json(&["readlog", CASE]), office.rita.json(&["readlog", CASE, "--without-staff"]));
    assert_eq!(named.as_array().unwrap().len(), 2, "{named}");
    let text = nameless.to_string();
    assert!(!text.contains(AASE) && !text.contains(office.world.leader_name()), "{text}");
    let purposes: Vec<&Value> = nameless.as_array().unwrap().iter().map(|line| &line["purpose"]).collect();
    assert!(purposes.iter().all(|purpose| purpose.as_str().is_some_and(|words| !words.is_empty())), "{purposes:?}");
    let spoken = office.rita.run(&["readlog", CASE]).done().stdout;
    assert!(spoken.contains("åbnede borgerens side") && spoken.contains(AASE), "{spoken}");
}

#[test]
fn the_log_is_the_records_officers_alone_and_it_sees_counters_only() {
    let office = Office::new();
    let (erik, needle) = (office.world.treatment("Erik Åkjær"), "Havnebageriet");
    office.world.exchange_twice(&[&office.rita, &office.aase, &erik]);
    office.aase.log(CASE, "contact", &format!("Prøvede {needle}"), &[]);
    office.aase.search(&[needle]);
    office.aase.show(CASE);
    office.world.exchange_twice(&[&office.rita, &office.aase, &erik]);
    for device in [office.world.leader(), &office.aase] {
        assert!(device.refused(&["readlog", CASE]).contains("læst om borgeren"));
    }
    erik.refused(&["readlog", CASE]);
    assert_eq!(office.told_of(AASE).len(), 2);
    // Who read, what for and which entry stand sealed; the server tells a kind, a folder and a count.
    let told: Vec<Value> = office.world.server().rows().into_iter().filter(|row| row["kind"] == 8).collect();
    assert!(!told.is_empty());
    let mut needles = Needles::default();
    for word in [needle, "Prøvesen", AASE, "Gik langs havnen"] {
        needles.add(word);
    }
    assert_eq!(needles.in_folder(office.world.server().folder()), Default::default());
    assert_eq!(needles.in_bytes(&office.world.wire().heard(), "the wire"), Default::default());
    // A restored server is told again, and nobody counts anything twice or misses it.
    assert_eq!(office.rita.status()["findings"], json!([]));
}

#[test]
fn a_server_put_back_to_an_older_day_gets_the_readings_again() {
    let mut office = Office::new();
    let copy = office.world.copy_server();
    office.aase.show(CASE);
    office.exchange_twice();
    office.world.restore_server(&copy);
    office.exchange_twice();
    office.aase.show(CASE);
    office.exchange_twice();
    office.exchange_twice();
    assert_eq!(office.told_of(AASE).len(), 2);
    assert_eq!(office.rita.status()["findings"], json!([]));
    let newcomer = office.world.member("Rune Arkivsen", "records");
    office.world.exchange_twice(&[&office.rita, &newcomer]);
    office.world.exchange_twice(&[&office.rita, &newcomer]);
    let log = newcomer.json(&["readlog", CASE]);
    let of_aase = log.as_array().unwrap().iter().filter(|line| line["staff"] == AASE).count();
    assert_eq!(of_aase, 2, "{log}");
    assert_eq!(newcomer.status()["findings"], json!([]));
}

#[test]
fn a_phone_that_was_shut_out_tells_what_was_read_on_it_before_it_forgets() {
    let office = Office::new();
    office.aase.show(CASE);
    office.world.leader().json(&["revoke", "--member", AASE]);
    office.world.leader().sync();
    office.aase.run(&["sync"]);
    office.aase.run(&["sync"]);
    office.rita.sync();
    assert_eq!(actions(&office.told_of(AASE)), ["opened"]);
}

#[test]
fn an_erased_case_takes_its_read_log_along() {
    let office = Office::new();
    office.aase.show(CASE);
    office.exchange_twice();
    assert_eq!(office.told_of(AASE).len(), 1);
    let proposed = office.rita.json(&["erase", CASE, "--reason", "retention_over"]);
    office.rita.sync();
    office.world.leader().sync();
    office.world.leader().json(&["erase", "--confirm", proposed["proposal"].as_str().unwrap()]);
    office.aase.show(CASE);
    office.exchange_twice();
    office.exchange_twice();
    office.rita.refused(&["readlog", CASE]);
    let erasures = office.world.leader().json(&["erasures"]);
    assert_eq!(erasures[0]["state"], "complete", "{erasures}");
    for device in [office.world.leader(), &office.rita, &office.aase] {
        assert_eq!(device.status()["findings"], json!([]));
        is_quiet(device);
    }
}
