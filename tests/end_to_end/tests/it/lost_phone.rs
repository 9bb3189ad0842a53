//! A phone is lost, a colleague leaves: who is shut out, what comes back, what was not sent.

use feltbog_harness::{Device, World, essence, notes, numbers};
use serde_json::json;

use crate::support::{AASE, ASTRID, ERIK, SHARED_CASE};

const OWN_CASE: &str = "SYD-2";
const RIKKE: &str = "Rikke Friis";
const ALL_FOLDERS: &[&str] = &["employment", "treatment", "shared"];

/// Åse with two cases, a colleague, a treatment worker and a deputy.
struct Friday {
    world: World,
    aase: Device,
    astrid: Device,
    erik: Device,
    deputy: Device,
}

impl Friday {
    fn new() -> Self {
        let world = World::new();
        let (aase, astrid) = (world.consultant(AASE), world.consultant(ASTRID));
        let (erik, deputy) = (world.treatment(ERIK), world.member(RIKKE, "deputy"));
        world.exchange_twice(&[&aase, &astrid, &erik, &deputy]);
        for number in [SHARED_CASE, OWN_CASE] {
            aase.json(&["case", "new", "--number", number, "--name", "Marianne", "--consent-types", "jobmål"]);
            aase.log(number, "contact", &format!("Åse i {number}"), &["--at", "2026-03-02T09:00"]);
        }
        aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        aase.log(SHARED_CASE, "network_meeting", "Fælles plan.", &["--shared", "--at", "2026-03-03T09:00"]);
        let friday = Self { world, aase, astrid, erik, deputy };
        friday.exchange_twice();
        friday
    }

    fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.aase, &self.astrid, &self.erik, &self.deputy]);
    }

    /// What Åse's phone shows of both cases.
    fn caseload(device: &Device) -> Vec<Vec<serde_json::Map<String, serde_json::Value>>> {
        numbers(&device.cases()).iter().map(|case| essence(&device.show(case), ALL_FOLDERS)).collect()
    }

    /// A new phone for Åse, by an invitation of the deputy's.
    fn new_phone(&self) -> Device {
        let invitation = self.deputy.json(&["invite", "--device", "--name", AASE]);
        let phone = self.world.device("Åses nye telefon");
        phone.join(invitation["invitation"].as_str().unwrap());
        phone
    }
}

#[test]
fn a_lost_phone_is_blocked_by_any_colleague_who_reads_nothing_by_it() {
    let friday = Friday::new();
    let before = numbers(&friday.astrid.cases()).len();
    let done = friday.astrid.json(&["block", "--member", AASE]);
    assert_eq!(done["devices"], 1);
    friday.astrid.sync();
    assert_eq!(numbers(&friday.astrid.cases()).len(), before);

    let said = friday.aase.refused(&["sync"]);
    assert!(said.contains("spærret"), "{said}");
    for locked in [&["cases"][..], &["show", SHARED_CASE], &["search", "Marianne"]] {
        let said = friday.aase.refused(locked);
        assert!(said.contains("spærret"), "{locked:?}: {said}");
    }
    let states = friday.deputy_devices_of(AASE);
    assert_eq!(states, ["blocked"]);
}

#[test]
fn a_phone_that_was_found_again_is_opened_by_an_office_and_has_lost_nothing() {
    let friday = Friday::new();
    friday.aase.log(OWN_CASE, "contact", "Skrevet før den blev væk", &[]);
    friday.astrid.json(&["block", "--member", AASE]);
    friday.astrid.sync();
    friday.aase.refused(&["sync"]);
    // A colleague shuts, an office opens; the phone itself does neither.
    friday.astrid.refused(&["unblock", "--member", AASE]);
    friday.deputy.sync();
    friday.deputy.json(&["unblock", "--member", AASE]);
    friday.deputy.sync();
    friday.aase.sync();
    assert!(notes(&friday.aase.show(OWN_CASE)).contains(&"Skrevet før den blev væk"));
    assert_eq!(friday.aase.status()["unsent"], 0);
}

#[test]
fn on_monday_a_new_phone_has_the_caseload_through_the_deputy_and_the_old_one_hands_in_and_forgets() {
    let friday = Friday::new();
    let before = Friday::caseload(&friday.aase);
    let unsent = friday.aase.log(OWN_CASE, "contact", "Kun på den tabte telefon", &[]);
    friday.astrid.json(&["block", "--member", AASE]);
    friday.astrid.sync();

    friday.deputy.sync();
    let old = friday.deputy_device_ids_of(AASE).remove(0);
    friday.deputy.json(&["revoke", "--device", &old[..8]]);
    friday.deputy.sync();
    let phone = friday.new_phone();
    phone.sync();
    friday.deputy.sync();
    phone.sync();
    assert_eq!(Friday::caseload(&phone), before);

    // New keys: what is written from now on was never wrapped for the key the old phone holds.
    phone.log(SHARED_CASE, "contact", "På den nye telefon", &["--shared"]);
    phone.sync();
    friday.erik.sync();
    assert!(notes(&friday.erik.show(SHARED_CASE)).contains(&"På den nye telefon"));

    let said = friday.aase.refused(&["sync"]);
    assert!(said.contains("lukket ude") && said.contains("afleveres"), "{said}");
    let ended = friday.aase.refused(&["status"]);
    assert!(ended.contains("lukket ude"), "{ended}");
    assert!(!friday.aase.home().join("feltbog.key").exists() && !friday.aase.home().join("feltbog.db").exists());

    friday.deputy.sync();
    let tray = friday.deputy.json(&["deposits"]);
    let handed: Vec<&str> = tray.as_array().unwrap().iter().map(|row| row["entry"].as_str().unwrap()).collect();
    assert_eq!(handed, [unsent.as_str()], "{tray}");
    friday.deputy.json(&["deposits", "take", "--all"]);
    friday.deputy.sync();
    phone.sync();
    assert!(notes(&phone.show(OWN_CASE)).contains(&"Kun på den tabte telefon"));
    for device in [&phone, &friday.deputy, &friday.erik] {
        assert_eq!(device.status()["findings"], json!([]), "{}", device.name());
    }
}

#[test]
fn somebody_who_left_loses_everything_and_what_was_written_stays_for_those_who_join_later() {
    let friday = Friday::new();
    let before = essence(&friday.deputy.show(SHARED_CASE), ALL_FOLDERS);
    friday.deputy.json(&["revoke", "--member", AASE]);
    friday.deputy.sync();
    let said = friday.aase.refused(&["sync"]);
    assert!(said.contains("lukket ude"), "{said}");

    // The founding rows of both cases are hers: whoever joins now judges them by what held when they were written.
    let dorte = friday.world.member("Dorte Kjær", "deputy");
    dorte.sync();
    friday.deputy.sync();
    // Names are the leader's to share.
    friday.world.leader().sync();
    dorte.sync();
    assert_eq!(essence(&dorte.show(SHARED_CASE), ALL_FOLDERS), before);
    dorte.log(OWN_CASE, "contact", "Efter at hun gik", &[]);
    dorte.sync();
    friday.deputy.sync();
    assert!(notes(&friday.deputy.show(OWN_CASE)).contains(&"Efter at hun gik"));
    assert_eq!(dorte.status()["quarantined"], 0);
}

#[test]
fn a_second_device_of_the_same_person_needs_nobody_else() {
    let friday = Friday::new();
    let invitation = friday.aase.json(&["invite", "--device"]);
    let tablet = friday.world.device("Åses tablet");
    tablet.join(invitation["invitation"].as_str().unwrap());
    tablet.sync();
    friday.aase.sync();
    tablet.sync();
    assert_eq!(Friday::caseload(&tablet), Friday::caseload(&friday.aase));
    tablet.log(OWN_CASE, "contact", "Fra tabletten", &[]);
    tablet.sync();
    friday.aase.sync();
    assert!(notes(&friday.aase.show(OWN_CASE)).contains(&"Fra tabletten"));
    // The invitation is used up, and nobody gives a device to somebody they do not lead.
    let third = friday.world.device("En tredje");
    let said = third.run(&["join", invitation["invitation"].as_str().unwrap()]).refused();
    assert!(said.contains("allerede brugt") || said.contains("godtog ikke"), "{said}");
    friday.astrid.refused(&["invite", "--device", "--name", AASE]);
}

impl Friday {
    fn deputy_device_ids_of(&self, name: &str) -> Vec<String> {
        self.devices_of(name, "device")
    }

    fn deputy_devices_of(&self, name: &str) -> Vec<String> {
        self.deputy.sync();
        self.devices_of(name, "state")
    }

    fn devices_of(&self, name: &str, field: &str) -> Vec<String> {
        let devices = self.deputy.json(&["devices"]);
        let rows = devices.as_array().unwrap().iter().filter(|row| row["member"] == name);
        rows.map(|row| row[field].as_str().unwrap().to_owned()).collect()
    }
}
