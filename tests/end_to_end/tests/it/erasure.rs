//! A case is erased: two people, every device, and a certificate that says only what it knows.

use feltbog_harness::scan::Needles;
use feltbog_harness::{Device, World, notes};
use serde_json::{Value, json};

use crate::support::{AASE, ASTRID, is_quiet};

const GOES: &str = "SYD-9";
const STAYS: &str = "SYD-2";

/// The leader is administrator as well; Astrid stands in for her; Åse has two cases.
struct Office {
    world: World,
    deputy: Device,
    aase: Device,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        let (deputy, aase) = (world.member(ASTRID, "deputy"), world.consultant(AASE));
        let office = Self { world, deputy, aase };
        office.exchange_twice();
        for number in [GOES, STAYS] {
            office.aase.json(&["case", "new", "--number", number, "--name", "Marianne Prøvesen"]);
            office.aase.log(number, "contact", &format!("Om {number}"), &[]);
        }
        office.exchange_twice();
        assert_eq!(notes(&office.deputy.show(GOES)), [format!("Om {GOES}")]);
        office
    }

    fn leader(&self) -> &Device {
        self.world.leader()
    }

    fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.deputy, &self.aase]);
    }

    /// The deputy proposes and the leader hears of it; gives the proposal's number.
    fn propose(&self) -> String {
        let proposed = self.deputy.json(&["erase", GOES, "--reason", "retention_over"]);
        self.deputy.sync();
        self.leader().sync();
        let listed = self.erasure(self.leader());
        assert_eq!((&listed["proposal"], &listed["case_ref"]), (&proposed["proposal"], &proposed["case_ref"]));
        proposed["proposal"].as_str().unwrap().to_owned()
    }

    fn confirm(&self, proposal: &str) {
        self.leader().json(&["erase", "--confirm", &proposal[..12]]);
        for device in [self.leader(), &self.deputy, self.leader()] {
            device.sync();
        }
    }

    /// The one erasure, as somebody sees it.
    fn erasure(&self, device: &Device) -> Value {
        let erasures = device.json(&["erasures"]);
        assert_eq!(erasures.as_array().unwrap().len(), 1, "{erasures}");
        erasures[0].clone()
    }
}

fn numbers(device: &Device) -> Vec<String> {
    let cases = device.json(&["cases"]);
    cases.as_array().unwrap().iter().map(|case| case["number"].as_str().unwrap().to_owned()).collect()
}

fn people(erasure: &Value, list: &str) -> Vec<String> {
    let devices = erasure[list].as_array().unwrap().iter();
    let mut names: Vec<String> = devices.map(|device| device["member"].as_str().unwrap().to_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn nothing_is_erased_before_an_administrator_who_is_somebody_else_has_confirmed() {
    let office = Office::new();
    office.aase.run(&["erase", GOES, "--reason", "other"]).refused();
    office.leader().run(&["erase", GOES, "--reason", "because"]).refused();
    let proposal = office.propose();
    let listed = office.erasure(office.leader());
    assert_eq!((&listed["state"], &listed["may_confirm"]), (&json!("proposed"), &json!(true)));
    assert_eq!(office.erasure(&office.deputy)["may_confirm"], false);
    office.deputy.run(&["erase", "--confirm", &proposal]).refused();
    office.leader().run(&["erase", "--confirm", "0123456789"]).refused();
    assert_eq!(office.aase.json(&["erasures"]), json!([]), "nobody's business but the offices'");
    office.exchange_twice();
    for device in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(notes(&device.show(GOES)), [format!("Om {GOES}")]);
    }
    assert!(office.leader().run(&["erasures"]).done().stdout.contains("Intet er slettet."));
}

#[test]
fn the_certificate_names_the_device_that_is_away_until_it_has_answered_itself() {
    let office = Office::new();
    office.aase.log(GOES, "contact", "Skrevet uden net", &[]);
    let proposal = office.propose();
    office.confirm(&proposal);
    let listed = office.erasure(office.leader());
    assert_eq!(listed["state"], "confirmed");
    assert_eq!(people(&listed, "missing_devices"), [AASE]);
    assert_eq!(people(&listed, "confirmed_devices"), [ASTRID, office.world.leader_name()]);
    assert!(office.leader().run(&["erasures"]).done().stdout.contains(AASE));
    for device in [office.leader(), &office.deputy] {
        assert_eq!(numbers(device), [STAYS]);
        device.run(&["show", GOES]).refused();
        assert_eq!(device.json(&["search", GOES]), json!([]));
    }
    // Åse comes back with something that was never sent: it is hers to decide about, and she has not answered before.
    office.aase.run(&["sync"]);
    assert_eq!(numbers(&office.aase), [STAYS]);
    let left = office.aase.json(&["erasures", "left"]);
    assert_eq!((left.as_array().unwrap().len(), &left[0]["note"]), (1, &json!("Skrevet uden net")));
    assert_eq!(office.aase.status()["erased_work"], 1);
    office.leader().sync();
    assert_eq!(office.erasure(office.leader())["state"], "confirmed");
    office.aase.json(&["erasures", "discard", left[0]["entry"].as_str().unwrap()]);
    office.aase.sync();
    office.exchange_twice();
    let listed = office.erasure(office.leader());
    assert_eq!((&listed["state"], &listed["missing_devices"]), (&json!("complete"), &json!([])));
    assert_eq!(people(&listed, "confirmed_devices").len(), 3);
    assert_eq!(office.aase.status()["erased_work"], 0);
    for device in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(notes(&device.show(STAYS)), [format!("Om {STAYS}")]);
        assert_eq!(device.status()["findings"], json!([]));
        is_quiet(device);
    }
}

#[test]
fn a_server_put_back_to_an_older_day_brings_nobody_the_case_back() {
    let mut office = Office::new();
    let copy = office.world.copy_server();
    // What the copy does not know of the case: the numbers under which it went have to be told again without it.
    office.aase.log(GOES, "contact", "Efter kopien", &[]);
    office.exchange_twice();
    let proposal = office.propose();
    office.confirm(&proposal);
    office.aase.sync();
    office.aase.log(STAYS, "contact", "Skrevet bagefter", &[]);
    office.exchange_twice();
    assert_eq!(office.erasure(office.leader())["state"], "complete");
    office.world.restore_server(&copy);
    office.exchange_twice();
    office.exchange_twice();
    let listed = office.erasure(office.leader());
    assert_eq!((&listed["state"], people(&listed, "confirmed_devices").len()), (&json!("complete"), 3));
    for device in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(numbers(device), [STAYS]);
        assert_eq!(notes(&device.show(STAYS)).len(), 2);
        assert_eq!(device.status()["unsent"], 0);
        is_quiet(device);
    }
    let newcomer = office.world.member("Niels Skov", "deputy");
    office.world.exchange_twice(&[&newcomer, &office.deputy]);
    assert_eq!(numbers(&newcomer), [STAYS]);
    assert_eq!(
        people(&office.erasure(&newcomer), "confirmed_devices").len(),
        3,
        "a new office has the certificate too"
    );
}

#[test]
fn one_entry_goes_by_two_people_from_everywhere_and_everything_else_stays() {
    let mut office = Office::new();
    let entry = office.aase.log(STAYS, "contact", "Skrevet i den forkerte mappe", &[]);
    office.aase.log(STAYS, "contact", "Sendt i samme bunke", &[]);
    office.exchange_twice();
    let copy = office.world.copy_server();
    let refused = office.aase.run(&["erase", STAYS, "--entry", &entry, "--reason", "wrong_person"]).refused();
    assert!(refused.contains("slette registreringen"), "{refused}");
    office.deputy.run(&["erase", GOES, "--entry", &entry, "--reason", "wrong_person"]).refused();
    // Åse is away from here on, and writes on in it and beside it.
    office.aase.note(&entry, "Skrevet i den forkerte mappe, og mere");
    office.aase.log(STAYS, "contact", "Skrevet uden net", &[]);
    let proposed = office.deputy.json(&["erase", STAYS, "--entry", &entry, "--reason", "wrong_person"]);
    office.deputy.sync();
    office.leader().sync();
    office.confirm(proposed["proposal"].as_str().unwrap());
    let listed = office.erasure(office.leader());
    assert_eq!((&listed["state"], &listed["entries"]), (&json!("confirmed"), &json!(["employment"])));
    assert_eq!(people(&listed, "missing_devices"), [AASE]);
    let mut stay = vec!["Om SYD-2", "Sendt i samme bunke"];
    for device in [office.leader(), &office.deputy] {
        assert_eq!(sorted(&device.show(STAYS)), stay);
        assert_eq!(device.json(&["search", "forkerte"]), json!([]));
    }
    // What was sealed without knowing of the erasure goes with the exchange after the one that told of it.
    office.aase.run(&["sync"]);
    office.exchange_twice();
    stay.push("Skrevet uden net");
    for restored in [false, true] {
        if restored {
            office.world.restore_server(&copy);
            office.exchange_twice();
            office.exchange_twice();
        }
        for device in [office.leader(), &office.deputy, &office.aase] {
            assert_eq!(sorted(&device.show(STAYS)), stay, "restored: {restored}");
            assert_eq!(device.status()["unsent"], 0);
            is_quiet(device);
        }
        assert_eq!(office.aase.json(&["erasures", "left"]), json!([]), "nobody is asked about it");
        assert_eq!(office.erasure(office.leader())["state"], "complete");
    }
    let newcomer = office.world.member("Niels Skov", "deputy");
    office.world.exchange_twice(&[&newcomer, &office.deputy]);
    assert_eq!(sorted(&newcomer.show(STAYS)), stay);
    // The register and everything else of the one that goes, too.
    let proposed = office.deputy.json(&["erase", GOES, "--reason", "retention_over"]);
    office.exchange_twice();
    office.leader().json(&["erase", "--confirm", &proposed["proposal"].as_str().unwrap()[..12]]);
    office.exchange_twice();
    for device in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(numbers(device), [STAYS]);
        is_quiet(device);
    }
    let mut needles = Needles::default();
    for word in ["forkerte mappe", "Prøvesen", GOES] {
        needles.add(word);
    }
    assert_eq!(needles.in_folder(&office.world.server().data()), std::collections::BTreeSet::new());
}

#[test]
fn a_proposal_that_a_restored_log_cannot_place_is_made_anew_when_what_it_names_is_back() {
    let mut office = Office::new();
    let copy = office.world.copy_server();
    let entry = office.aase.log(STAYS, "contact", "Skrevet i den forkerte mappe", &[]);
    office.aase.log(STAYS, "contact", "Sendt i samme bunke", &[]);
    office.exchange_twice();
    // Proposed without a network. When there is one, the log does not have what the proposal names; what was sealed anew for it
    // is there before the original.
    office.deputy.json(&["erase", STAYS, "--entry", &entry, "--reason", "wrong_person"]);
    office.world.restore_server(&copy);
    office.deputy.run(&["sync"]);
    office.leader().run(&["sync"]);
    assert_eq!(office.leader().json(&["erasures"]), json!([]));
    let newcomer = office.world.member("Niels Skov", "deputy");
    office.exchange_twice();
    office.exchange_twice();
    newcomer.sync();
    for device in [office.leader(), &office.deputy, &office.aase, &newcomer] {
        assert_eq!(sorted(&device.show(STAYS)).len(), 3, "{}: nothing is put aside or twice", device.name());
        is_quiet(device);
    }
    let proposal = office.erasure(office.leader())["proposal"].as_str().unwrap().to_owned();
    office.confirm(&proposal);
    office.exchange_twice();
    newcomer.sync();
    for device in [office.leader(), &office.deputy, &office.aase, &newcomer] {
        assert_eq!(sorted(&device.show(STAYS)), ["Om SYD-2", "Sendt i samme bunke"], "{}", device.name());
        is_quiet(device);
    }
    office.aase.log(STAYS, "contact", "Dagen efter", &[]);
    office.exchange_twice();
    newcomer.sync();
    assert_eq!(sorted(&newcomer.show(STAYS)).len(), 3, "her next word is not put aside");
    is_quiet(&newcomer);
}

#[test]
fn a_confirmation_that_a_restored_log_knows_no_proposal_for_counts_when_that_is_back() {
    let mut office = Office::new();
    let copy = office.world.copy_server();
    let proposal = office.propose();
    // Confirmed without a network; when there is one, the log is without the proposal.
    office.leader().json(&["erase", "--confirm", &proposal[..12]]);
    office.world.restore_server(&copy);
    office.leader().run(&["sync"]);
    assert_eq!(office.erasure(office.leader())["state"], "proposed");
    for device in [&office.deputy, office.leader(), office.leader(), &office.deputy, &office.aase, office.leader()] {
        device.sync();
    }
    assert_eq!(office.erasure(office.leader())["state"], "complete", "{:?}", office.erasure(office.leader()));
    for device in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(numbers(device), [STAYS]);
        is_quiet(device);
    }
}

fn sorted(page: &Value) -> Vec<String> {
    let mut notes: Vec<String> = notes(page).iter().map(|note| (*note).to_owned()).collect();
    notes.sort_by_key(|note| {
        ["Om SYD-2", "Sendt i samme bunke", "Skrevet uden net"].iter().position(|known| known == note)
    });
    notes
}
