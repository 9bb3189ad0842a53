//! One person in two municipalities on one device: two servers, two data controllers, one folder.

use std::collections::BTreeSet;

use feltbog_harness::scan::{Needles, files};
use feltbog_harness::{Device, World, notes, numbers};
use serde_json::{Value, json};

use crate::support::AASE;

const SLAGELSE: &str = "Slagelse Kommune";
const RINGSTED: &str = "Ringsted Kommune";
/// Words that stand in one municipality alone.
const IN_SLAGELSE: &str = "Kontaktede savværket i Dalmose";
const IN_RINGSTED: &str = "Aftalte prøvedage på gartneriet";

/// Åse works for both, with one passphrase.
struct Both {
    slagelse: World,
    ringsted: World,
    aase: Device,
}

impl Both {
    fn new() -> Self {
        let (slagelse, ringsted) = (World::of(SLAGELSE, "IPS Vest"), World::of(RINGSTED, "IPS Midt"));
        let aase = slagelse.device("Åses computer");
        aase.in_municipality(SLAGELSE).join(&slagelse.leader().invite(AASE, "consultant"));
        aase.in_municipality(RINGSTED).join(&ringsted.leader().invite(AASE, "consultant"));
        let both = Self { slagelse, ringsted, aase };
        both.exchange();
        for (there, number) in [(both.in_slagelse(), "S-1"), (both.in_ringsted(), "R-1")] {
            there.json(&["case", "new", "--number", number, "--name", "Marianne"]);
        }
        both
    }

    fn in_slagelse(&self) -> Device {
        self.aase.in_municipality(SLAGELSE)
    }

    fn in_ringsted(&self) -> Device {
        self.aase.in_municipality(RINGSTED)
    }

    fn exchange(&self) {
        self.slagelse.exchange_twice(&[&self.in_slagelse()]);
        self.ringsted.exchange_twice(&[&self.in_ringsted()]);
    }

    /// What `feltbog municipalities` says: the name, and what is unsent where it is open.
    fn listed(&self) -> Vec<(String, Value)> {
        let rows = self.aase.json(&["municipalities"]);
        let row = |row: &Value| (row["name"].as_str().unwrap_or_default().to_owned(), row["unsent"].clone());
        rows.as_array().unwrap().iter().map(row).collect()
    }
}

fn words(text: &str) -> Needles {
    let mut needles = Needles::default();
    needles.add(text);
    needles.add_words(text, 8);
    needles
}

#[test]
fn what_is_logged_in_one_municipality_arrives_at_its_own_server_and_stands_nowhere_in_the_other() {
    let both = Both::new();
    both.exchange();
    let rows = (both.slagelse.server().rows().len(), both.ringsted.server().rows().len());
    both.in_slagelse().log("S-1", "contact", IN_SLAGELSE, &[]);
    let unsent = |count: u32| json!(count);
    assert_eq!(both.listed(), [(SLAGELSE.to_owned(), unsent(1)), (RINGSTED.to_owned(), unsent(0))]);
    both.in_slagelse().sync();
    assert!(both.slagelse.server().rows().len() > rows.0, "its own server has it");
    assert_eq!(both.ringsted.server().rows().len(), rows.1, "the other server was told nothing");
    both.in_ringsted().log("R-1", "contact", IN_RINGSTED, &[]);
    both.exchange();
    for (world, here, there, number) in
        [(&both.slagelse, IN_SLAGELSE, IN_RINGSTED, "S-1"), (&both.ringsted, IN_RINGSTED, IN_SLAGELSE, "R-1")]
    {
        assert_eq!(notes(&world.leader().show(number)), [here]);
        assert_eq!(numbers(&world.leader().cases()), [number]);
        for word in there.split(' ').filter(|word| word.len() > 4) {
            assert!(world.leader().search(&[word]).is_empty(), "{word}");
        }
        assert_eq!(words(there).in_folder(world.server().folder()), BTreeSet::new());
        assert_eq!(words(there).in_bytes(&world.wire().heard(), "the wire"), BTreeSet::new());
    }
    for (device, here, there) in
        [(both.in_slagelse(), IN_SLAGELSE, IN_RINGSTED), (both.in_ringsted(), IN_RINGSTED, IN_SLAGELSE)]
    {
        assert_eq!(device.search(&[here.split(' ').nth(1).unwrap()]).len(), 1);
        assert!(device.search(&[there.split(' ').nth(1).unwrap()]).is_empty());
        assert_eq!(device.cases().len(), 1);
    }
    assert_eq!(words(IN_SLAGELSE).in_folder(both.aase.home()), BTreeSet::new());
    assert_eq!(words(IN_RINGSTED).in_folder(both.aase.home()), BTreeSet::new());
}

#[test]
fn in_clear_stands_what_the_person_calls_each_municipality_and_no_name_of_anybody() {
    let both = Both::new();
    let mut needles = words(&format!("{AASE} {SLAGELSE} {RINGSTED} Marianne"));
    needles.add("IPS Vest");
    let found = needles.in_folder(both.aase.home());
    let places: BTreeSet<_> = found.iter().map(|found| found.place.rsplit('/').next().unwrap()).collect();
    assert_eq!(places, BTreeSet::from(["name"]), "{found:?}");
    assert!(found.iter().all(|found| format!("{SLAGELSE} {RINGSTED}").contains(&found.word)), "{found:?}");
}

#[test]
fn a_command_that_names_no_municipality_or_a_wrong_one_is_refused_with_the_names() {
    let both = Both::new();
    for words in
        [&["cases"][..], &["log", "-", "team_meeting"], &["sync"], &["hand-in"], &["municipalities", "name", "Sorø"]]
    {
        let said = both.aase.refused(words);
        assert!(said.contains(&format!("{SLAGELSE}, {RINGSTED}")) && said.contains("--municipality"), "{said}");
        assert!(said.contains("Several municipalities"), "{said}");
    }
    let wrong = both.aase.in_municipality("Sorø");
    for words in [&["log", "-", "team_meeting"][..], &["open"], &["municipalities", "name", "Sorø"]] {
        assert!(wrong.refused(words).contains(&format!("Her er: {SLAGELSE}, {RINGSTED}.")));
    }
    assert_eq!(both.aase.in_municipality("slagelse kommune").cases().len(), 1, "whatever the case");
    assert!(both.in_slagelse().refused(&["municipalities", "name", RINGSTED]).contains("hedder sådan"));
    both.in_slagelse().json(&["municipalities", "name", "Slagelse"]);
    assert_eq!(both.aase.in_municipality("Slagelse").cases().len(), 1);
    assert!(both.in_slagelse().refused(&["cases"]).contains("Slagelse, "));
}

#[test]
fn a_home_from_before_goes_on_as_it_was_and_as_the_first_of_two() {
    let (slagelse, ringsted) = (World::of(SLAGELSE, "IPS Vest"), World::of(RINGSTED, "IPS Midt"));
    let aase = slagelse.consultant(AASE);
    let own = |device: &Device| {
        let here = files(device.home()).into_iter();
        here.filter(|file| !file.to_string_lossy().contains("/municipalities/")).collect::<BTreeSet<_>>()
    };
    let before = own(&aase);
    let invitation = ringsted.leader().invite(AASE, "consultant");
    assert!(aase.refused(&["join", &invitation]).contains("--municipality"));
    let beside = aase.in_municipality(RINGSTED);
    assert!(beside.refused(&["join", &invitation]).contains("feltbog municipalities name"));
    assert_eq!(own(&aase), before, "nothing was changed");
    assert_eq!(aase.json(&["municipalities"])[0]["name"], Value::Null);
    aase.json(&["municipalities", "name", SLAGELSE]);
    aase.status();
    beside.join(&invitation);
    assert!(beside.refused(&["join", &invitation]).contains("allerede"));
    assert!(aase.refused(&["status"]).contains(SLAGELSE));
    assert_eq!(aase.in_municipality(SLAGELSE).status()["unsent"], 0);
    let added: Vec<_> = own(&aase).difference(&before).cloned().collect();
    assert_eq!(added, [aase.home().join("name")], "the old home lies where it lay");
}

#[test]
fn a_municipality_that_shuts_a_device_out_takes_its_own_off_and_leaves_the_other_as_it_was() {
    let both = Both::new();
    both.exchange();
    both.in_ringsted().log("R-1", "contact", IN_RINGSTED, &[]);
    both.slagelse.leader().json(&["revoke", "--member", AASE]);
    both.slagelse.leader().sync();
    assert!(both.in_slagelse().refused(&["sync"]).contains("lukket ude"));
    assert!(both.in_slagelse().refused(&["cases"]).contains("lukket ude"));
    assert_eq!(both.listed(), [(RINGSTED.to_owned(), json!(1))], "one is left, with what it had not sent");
    assert_eq!(notes(&both.aase.show("R-1")), [IN_RINGSTED], "and needs no naming any more");
    both.aase.sync();
    both.ringsted.leader().sync();
    assert_eq!(notes(&both.ringsted.leader().show("R-1")), [IN_RINGSTED]);
    // Back again, in the place that is free.
    both.in_slagelse().join(&both.slagelse.leader().invite(AASE, "consultant"));
    assert_eq!(both.listed().len(), 2);
}

#[test]
fn one_window_shows_both_and_each_request_lands_where_it_says() {
    let both = Both::new();
    both.exchange();
    both.slagelse.wire().lead_to(None);
    let host = both.aase.open();
    let rows = || host.call(&json!({ "type": "municipalities" })).unwrap()["municipalities"].clone();
    assert_eq!(rows()[0]["name"], SLAGELSE);
    assert_eq!((&rows()[0]["shown"], &rows()[1]["shown"]), (&json!(true), &json!(false)));
    let log = |municipality: Value, case: &str, note: &str| {
        let asked =
            json!({ "type": "log_entry", "municipality": municipality, "case": case, "kind": "contact", "note": note });
        host.call(&asked).unwrap()
    };
    assert_eq!(log(json!(1), "R-1", "I den forkerte")["code"], "unknown_case");
    assert_eq!(log(json!(9), "S-1", "Ingen steder")["code"], "unknown_municipality");
    assert_eq!(log(json!(1), "S-1", IN_SLAGELSE)["type"], "logged");
    assert_eq!(log(json!(2), "R-1", IN_RINGSTED)["type"], "logged");
    // One server is away; that keeps nobody from the other.
    let sync = |municipality: u32| host.call(&json!({ "type": "sync", "municipality": municipality })).unwrap();
    assert_eq!((&sync(1)["code"], &sync(2)["type"]), (&json!("unreachable"), &json!("synced")));
    assert_eq!((&rows()[0]["unsent"], &rows()[1]["unsent"]), (&json!(1), &json!(0)));
    // Commands find the window by the home they are about.
    assert_eq!(notes(&both.in_slagelse().show("S-1")), [IN_SLAGELSE]);
    assert_eq!(notes(&both.in_ringsted().show("R-1")), [IN_RINGSTED]);
    assert_eq!(both.listed().len(), 2);
    host.stop();
    assert!(files(both.aase.home()).iter().all(|file| !file.ends_with("host.json")));
    both.slagelse.wire().lead_to(both.slagelse.server().address());
    both.exchange();
    assert_eq!(notes(&both.slagelse.leader().show("S-1")), [IN_SLAGELSE]);
}

#[test]
fn the_lock_locks_both_and_a_passphrase_opens_what_it_fits_and_nothing_else() {
    let both = Both::new();
    let soroe = World::of("Sorø Kommune", "IPS Sorø");
    let other = both.aase.with_passphrase("en helt anden sætning");
    other.in_municipality("Sorø").join(&soroe.leader().invite(AASE, "consultant"));
    assert!(both.aase.in_municipality("Sorø").refused(&["cases"]).contains("passer ikke"));
    assert_eq!(both.listed()[2], ("Sorø".to_owned(), Value::Null), "locked, and said so");
    let host = both.aase.open();
    let open = || {
        let rows = host.call(&json!({ "type": "municipalities" })).unwrap();
        rows["municipalities"].as_array().unwrap().iter().map(|row| row["open"] == true).collect::<Vec<_>>()
    };
    let unlock = |municipality: u32, device: &Device| {
        host.call(&json!({ "type": "unlock", "passphrase": device.passphrase(), "municipality": municipality }))
            .unwrap()
    };
    assert_eq!(open(), [true, true, false]);
    assert_eq!(unlock(3, &both.aase)["code"], "wrong_passphrase");
    assert_eq!(host.call(&json!({ "type": "lock", "municipality": 2 })).unwrap()["type"], "done");
    assert_eq!(open(), [false, false, false]);
    assert_eq!(unlock(2, &both.aase)["type"], "done");
    assert_eq!(open(), [true, true, false]);
    assert_eq!(unlock(3, &other)["type"], "done");
    assert_eq!(open(), [true, true, true]);
    // The window opened it, so a command of it goes through the window, with its own passphrase alone.
    assert_eq!(other.in_municipality("Sorø").status()["unsent"], 0);
    assert!(both.aase.in_municipality("Sorø").refused(&["status"]).contains("passer ikke"));
}
