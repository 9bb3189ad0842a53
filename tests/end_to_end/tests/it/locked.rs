//! A passphrase that was forgotten, and work that was not sent.

use std::collections::BTreeMap;

use feltbog_harness::{Device, entries, notes, scan};
use serde_json::{Value, json};

use crate::support::{AASE, Pair, SHARED_CASE, agree, at_another_time, has_faketime, is_quiet};

/// Åse and Erik share a case; Åse has five things that were not sent, one of them a correction.
struct Unsent {
    pair: Pair,
    corrected: String,
}

impl Unsent {
    fn new() -> Self {
        let pair = Pair::new();
        let aase = &pair.aase;
        let corrected = aase.log(SHARED_CASE, "contact", "Mødes på tirsdag", &["--shared", "--at", "2026-03-02T09:00"]);
        pair.exchange_twice();
        aase.log(SHARED_CASE, "contact", "Eget et", &["--at", "2026-03-03T09:00"]);
        aase.log(SHARED_CASE, "contact", "Delt et", &["--shared", "--at", "2026-03-03T10:00"]);
        // Sealed by an exchange that did not come through; what follows is only saved.
        pair.world.wire().lead_to(None);
        aase.refused(&["sync"]);
        aase.log(SHARED_CASE, "contact", "Eget to", &["--at", "2026-03-04T09:00"]);
        aase.log(SHARED_CASE, "contact", "Delt to", &["--shared", "--at", "2026-03-04T10:00"]);
        aase.note(&corrected, "Mødes på onsdag");
        pair.world.wire().lead_to(pair.world.server().address());
        Self { pair, corrected }
    }

    /// The same home for somebody who does not know the passphrase.
    fn locked(&self) -> Device {
        self.pair.aase.with_passphrase("det var vist noget med en hund")
    }

    fn hand_in(&self) -> Value {
        self.locked().json(&["hand-in"])
    }

    /// Every note of the case once, on all three devices.
    fn is_whole(&self, more: &[&str]) {
        let Pair { aase, erik, .. } = &self.pair;
        for (device, own) in [(aase, true), (erik, false), (self.pair.leader(), true)] {
            let page = device.show(SHARED_CASE);
            let mut count: BTreeMap<&str, u32> = BTreeMap::new();
            for note in notes(&page) {
                *count.entry(note).or_default() += 1;
            }
            let shared = ["Delt et", "Delt to", "Mødes på onsdag"].iter().chain(more).map(|note| (*note, 1));
            let own = ["Eget et", "Eget to"].into_iter().filter(|_| own).map(|note| (note, 1));
            assert_eq!(count, shared.chain(own).collect(), "{}", device.name());
        }
        agree(SHARED_CASE, &["shared"], &[aase, erik, self.pair.leader()]);
        agree(SHARED_CASE, &["employment"], &[aase, self.pair.leader()]);
        for device in [aase, erik, self.pair.leader()] {
            is_quiet(device);
            assert_eq!(device.status()["findings"], json!([]), "{}", device.name());
        }
    }
}

#[test]
fn what_was_not_sent_reaches_the_leader_without_the_passphrase_and_is_not_doubled_when_it_is_remembered() {
    let unsent = Unsent::new();
    let (leader, aase) = (unsent.pair.leader(), &unsent.pair.aase);
    assert!(unsent.locked().refused(&["cases"]).contains("passer ikke"));
    assert_eq!(unsent.hand_in(), json!({ "folders": 2, "before": 0, "refused": 0 }));
    assert_eq!(unsent.hand_in(), json!({ "folders": 0, "before": 2, "refused": 0 }));

    leader.sync();
    let tray = leader.json(&["deposits"]);
    assert_eq!(tray.as_array().unwrap().len(), 5, "{tray}");
    assert!(tray.as_array().unwrap().iter().all(|row| row["author"] == AASE), "{tray}");
    assert_eq!(leader.json(&["deposits", "take", "--all"])["taken"], 5);
    leader.sync();
    unsent.pair.erik.sync();
    let page = leader.show(SHARED_CASE);
    let author = |note: &str| entries(&page).iter().find(|entry| entry["note"] == note).unwrap()["recorded_by"].clone();
    assert_eq!((author("Eget et"), author("Delt to")), (json!(AASE), json!(AASE)));
    assert!(notes(&unsent.pair.erik.show(SHARED_CASE)).contains(&"Mødes på onsdag"), "{}", unsent.corrected);

    // It was the cat, not the dog. What is written before the first exchange reaches everybody as well.
    aase.log(SHARED_CASE, "contact", "Husket igen", &["--shared", "--at", "2026-03-05T10:00"]);
    aase.sync();
    unsent.pair.exchange_twice();
    unsent.is_whole(&["Husket igen"]);
    assert_eq!(leader.json(&["deposits"]), json!([]));
    assert_eq!(unsent.hand_in(), json!({ "folders": 0, "before": 0, "refused": 0 }));
}

#[test]
fn what_was_handed_in_leaves_the_tray_when_its_writer_sends_it_after_all() {
    let unsent = Unsent::new();
    unsent.hand_in();
    unsent.pair.aase.sync();
    unsent.pair.exchange_twice();
    assert_eq!(unsent.pair.leader().json(&["deposits"]), json!([]));
    assert_eq!(unsent.pair.leader().status()["deposits"], 0);
    unsent.is_whole(&[]);
}

#[test]
fn handing_in_waits_for_the_network_and_for_the_municipality_s_own_server() {
    let unsent = Unsent::new();
    unsent.pair.world.wire().lead_to(None);
    assert!(unsent.locked().refused(&["hand-in"]).contains("svarer ikke"));
    unsent.pair.world.wire().lead_to(unsent.pair.world.server().address());
    assert_eq!(unsent.hand_in()["folders"], 2);
}

#[test]
fn a_blocked_phone_without_its_passphrase_hands_in_too() {
    let unsent = Unsent::new();
    unsent.pair.leader().json(&["block", "--member", AASE]);
    unsent.pair.leader().sync();
    unsent.pair.aase.refused(&["sync"]);
    assert_eq!(unsent.hand_in()["folders"], 2);
    unsent.pair.leader().sync();
    assert_eq!(unsent.pair.leader().json(&["deposits"]).as_array().unwrap().len(), 5);
}

#[test]
fn nothing_lies_beside_the_database_of_a_device_that_has_sent_everything() {
    let unsent = Unsent::new();
    let folder = unsent.pair.aase.home().join("unsent");
    let names = || scan::files(&folder).iter().map(|path| path.file_name().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(names().len() >= 5, "{:?}", names());
    unsent.pair.aase.sync();
    assert_eq!(names(), ["where"]);
}

/// What a command says on a computer whose clock is so far ahead.
fn later(device: &Device, shift: &str, arguments: &[&str]) -> (Value, String) {
    let output = at_another_time(device, shift, &[arguments, &["--json"]].concat());
    let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (document, sentence) = (said(&output.stdout), said(&output.stderr));
    (serde_json::from_str(&document).unwrap_or(Value::Null), sentence)
}

#[test]
fn a_device_that_was_long_without_a_network_says_so_locks_and_opens_with_an_exchange() {
    if !has_faketime() {
        return;
    }
    let unsent = Unsent::new();
    let aase = &unsent.pair.aase;
    assert_eq!(aase.status()["lease"]["state"], "open");
    let (status, _) = later(aase, "+34d", &["status"]);
    assert_eq!((&status["lease"]["state"], &status["lease"]["days"]), (&json!("ends_soon"), &json!(0)));
    assert_eq!(later(aase, "+34d", &["cases"]).0.as_array().map(Vec::len), Some(1));

    let (status, _) = later(aase, "+36d", &["status"]);
    assert_eq!((&status["lease"]["state"], &status["unsent"]), (&json!("locked"), &json!(5)));
    assert_eq!((&status["waiting"], &status["roles"]), (&json!([]), &json!([])));
    for readable in [
        &["cases"][..],
        &["show", SHARED_CASE],
        &["search", "onsdag"],
        &["log", SHARED_CASE, "contact", "--note", "Nej"],
        &["note", &unsent.corrected, "--text", "Nej"],
        &["deposits"],
        &["members"],
        &["missing"],
        &["erasures"],
    ] {
        let (_, sentence) = later(aase, "+36d", readable);
        assert!(sentence.contains("Feltbog er låst"), "{readable:?}: {sentence}");
    }
    assert!(!later(aase, "+36d", &["devices"]).0.as_array().unwrap().is_empty());
    // A clock that is set back gains nothing.
    assert!(aase.refused(&["cases"]).contains("Feltbog er låst"));

    aase.sync();
    assert_eq!(aase.status()["lease"]["state"], "open");
    unsent.pair.exchange_twice();
    unsent.is_whole(&[]);
}

#[test]
fn nothing_unsent_is_ever_wiped_and_the_rest_goes_a_week_after_a_last_call() {
    if !has_faketime() {
        return;
    }
    let unsent = Unsent::new();
    let Pair { aase, erik, .. } = &unsent.pair;
    let is_there = |device: &Device| device.home().join("feltbog.key").exists();
    let says = |device: &Device, shift: &str| later(device, shift, &["status"]).0["lease"]["state"].clone();
    let is_taken_off = |device: &Device, shift: &str| {
        let (_, sentence) = later(device, shift, &["status"]);
        assert!(sentence.contains("taget af den") && !is_there(device), "{sentence}");
    };
    // Nothing is unsent on Erik's. Whoever looks and then does as told has lost nothing.
    assert_eq!(says(erik, "+70d"), "last_call");
    later(erik, "+70d", &["sync"]);
    assert!(is_there(erik));
    assert_eq!(says(erik, "+70d"), "open");
    // By the same clock, seventy days later: it is said for a week, however often somebody looks.
    for shift in ["+140d", "+140d", "+146d"] {
        assert_eq!(says(erik, shift), "last_call");
    }
    is_taken_off(erik, "+148d");
    assert!(!erik.home().join("feltbog.db").exists() && !erik.home().join("unsent").exists());

    for shift in ["+70d", "+78d", "+90d"] {
        assert_eq!(says(aase, shift), "last_call");
    }
    assert_eq!(unsent.hand_in()["folders"], 2);
    is_taken_off(aase, "+91d");
    unsent.pair.leader().sync();
    assert_eq!(unsent.pair.leader().json(&["deposits"]).as_array().unwrap().len(), 5);
}

#[test]
fn a_clock_that_ran_ahead_once_costs_nobody_a_device() {
    if !has_faketime() {
        return;
    }
    let unsent = Unsent::new();
    let aase = &unsent.pair.aase;
    aase.sync();
    assert_eq!(later(aase, "+900d", &["status"]).0["lease"]["state"], "last_call");
    aase.sync();
    assert_eq!(aase.status()["lease"]["state"], "open");
    assert_eq!(later(aase, "+900d", &["status"]).0["lease"]["state"], "last_call", "asked anew");
}

#[test]
fn a_server_that_was_put_back_gets_what_was_handed_in_again() {
    let mut unsent = Unsent::new();
    let copy = unsent.pair.world.copy_server();
    unsent.hand_in();
    unsent.pair.world.restore_server(&copy);
    assert_eq!(unsent.hand_in(), json!({ "folders": 0, "before": 2, "refused": 0 }));
    unsent.pair.leader().sync();
    assert_eq!(unsent.pair.leader().json(&["deposits"]).as_array().unwrap().len(), 5);
    unsent.pair.aase.sync();
    unsent.pair.exchange_twice();
    unsent.is_whole(&[]);
}

#[test]
fn a_window_that_is_locked_shows_nothing_hands_in_and_opens_with_the_passphrase_alone() {
    let unsent = Unsent::new();
    let Pair { aase, world, .. } = &unsent.pair;
    world.wire().lead_to(None);
    let host = aase.open();
    let call = |request: Value| host.call(&request).unwrap();
    assert_eq!(call(json!({ "type": "cases" }))["type"], "cases");
    assert_eq!(call(json!({ "type": "lock" }))["type"], "done");
    for readable in [json!({ "type": "cases" }), json!({ "type": "status" }), json!({ "type": "sync" })] {
        assert_eq!(call(readable)["code"], "needs_passphrase");
    }
    world.wire().lead_to(world.server().address());
    let handed = call(json!({ "type": "hand_in" }));
    assert_eq!((&handed["type"], &handed["folders"]), (&json!("unsent_handed_in"), &json!(2)), "{handed}");

    assert_eq!(call(json!({ "type": "unlock", "passphrase": "hund" }))["code"], "wrong_passphrase");
    assert_eq!(call(json!({ "type": "cases" }))["code"], "needs_passphrase");
    // Nobody holds the home meanwhile, so a command opens it itself; afterwards it finds the window again.
    assert_eq!(aase.cases().len(), 1);
    assert_eq!(call(json!({ "type": "unlock", "passphrase": aase.passphrase() }))["type"], "done");
    assert_eq!(call(json!({ "type": "cases" }))["cases"].as_array().unwrap().len(), 1);
    assert_eq!(aase.cases().len(), 1);
    host.stop();
    unsent.pair.exchange_twice();
    unsent.is_whole(&[]);
}
