//! Every device of everybody is lost: two who keep a share bring everything back, and everybody sees it.

use std::fs;
use std::path::PathBuf;

use feltbog_harness::{Device, World, essence, notes, numbers};

use crate::support::{AASE, ERIK, SHARED_CASE};

const ALL_FOLDERS: &[&str] = &["employment", "treatment", "shared"];

/// A town with one shared case and treatment's own notes, and what its people see of it.
struct Town {
    world: World,
    aase: Device,
    erik: Device,
}

impl Town {
    fn new() -> Self {
        let world = World::new();
        let (aase, erik) = (world.consultant(AASE), world.treatment(ERIK));
        world.exchange_twice(&[&aase, &erik]);
        aase.json(&["case", "new", "--number", SHARED_CASE, "--name", "Marianne", "--consent-types", "jobmål"]);
        aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        aase.log(SHARED_CASE, "contact", "Åses eget", &["--at", "2026-03-02T09:00"]);
        aase.log(SHARED_CASE, "network_meeting", "Fælles plan.", &["--shared", "--at", "2026-03-03T09:00"]);
        world.exchange_twice(&[&aase, &erik]);
        erik.log(SHARED_CASE, "contact", "Eriks eget", &["--at", "2026-03-04T09:00"]);
        world.exchange_twice(&[&aase, &erik]);
        Self { world, aase, erik }
    }

    fn shares(&self) -> PathBuf {
        self.world.folder().join("andele")
    }

    /// A folder with the shares of these numbers.
    fn some_shares(&self, numbers: &[u8]) -> PathBuf {
        let folder = self.world.folder().join(format!("andele-{numbers:?}"));
        fs::create_dir(&folder).unwrap();
        for number in numbers {
            let name = format!("andel-{number}.txt");
            fs::copy(self.shares().join(&name), folder.join(&name)).unwrap();
        }
        folder
    }

    fn recover(&self, name: &str, shares: &[u8], reason: &str) -> Device {
        let station = self.world.device(name);
        let folder = self.some_shares(shares);
        let done = station.json(&["recover", "--reason", reason, "--shares-from", folder.to_str().unwrap()]);
        assert_eq!(done["failed"].as_array().unwrap().len(), 0, "{done}");
        assert!(done["opened"].as_u64().unwrap() > 3, "{done}");
        station
    }

    /// A new device for somebody, by the station's invitation.
    fn new_device(&self, station: &Device, name: &str) -> Device {
        let invitation = station.json(&["invite", "--device", "--name", name]);
        let device = self.world.device(&format!("{name}, ny"));
        device.join(invitation["invitation"].as_str().unwrap());
        device.sync();
        station.sync();
        device.sync();
        device
    }
}

#[test]
fn two_holders_of_shares_bring_everything_back_and_every_device_sees_that_they_did() {
    let town = Town::new();
    let before =
        [&town.aase, &town.erik, town.world.leader()].map(|device| essence(&device.show(SHARED_CASE), ALL_FOLDERS));
    for lost in [&town.aase, &town.erik, town.world.leader()] {
        fs::remove_dir_all(lost.home()).unwrap();
    }

    let station = town.recover("Station", &[1, 3], "lost_devices");
    assert_eq!(numbers(&station.cases()), [SHARED_CASE]);
    let [aase, erik, leader] = [AASE, ERIK, town.world.leader_name()].map(|name| town.new_device(&station, name));
    for (device, before) in [&aase, &erik, &leader].into_iter().zip(&before) {
        assert_eq!(&essence(&device.show(SHARED_CASE), ALL_FOLDERS), before, "{}", device.name());
        let devices = device.json(&["devices"]);
        let stations = devices.as_array().unwrap().iter().filter(|row| row["state"] == "station");
        assert_eq!(stations.count(), 1, "{devices}");
        assert_eq!(device.status()["findings"], serde_json::json!([]), "{}", device.name());
    }
    // Life goes on without the station.
    aase.log(SHARED_CASE, "contact", "Efter gendannelsen", &["--shared"]);
    aase.sync();
    erik.sync();
    assert!(notes(&erik.show(SHARED_CASE)).contains(&"Efter gendannelsen"));
    leader.json(&["invite", "--name", "Ny kollega", "--role", "consultant"]);
}

#[test]
fn any_two_shares_open_and_one_or_those_of_another_municipality_open_nothing() {
    let town = Town::new();
    for pair in [[1, 2], [1, 3], [2, 3]] {
        let station = town.recover(&format!("Station {pair:?}"), &pair, "other");
        assert_eq!(numbers(&station.cases()), [SHARED_CASE], "{pair:?}");
    }
    let lonely = town.world.device("Station 1");
    let one = town.some_shares(&[2]);
    let said = lonely.refused(&["recover", "--reason", "other", "--shares-from", one.to_str().unwrap()]);
    assert!(said.contains("to forskellige"), "{said}");

    let elsewhere = World::of("Nabokommunen", "IPS Nord");
    let mixed = town.some_shares(&[]);
    fs::copy(town.shares().join("andel-1.txt"), mixed.join("andel-1.txt")).unwrap();
    fs::copy(elsewhere.folder().join("andele/andel-2.txt"), mixed.join("andel-2.txt")).unwrap();
    let said = lonely.refused(&["recover", "--reason", "other", "--shares-from", mixed.to_str().unwrap()]);
    assert!(!said.is_empty());
    assert!(!lonely.home().join("feltbog.key").exists(), "nothing was left behind");
}

#[test]
fn a_station_writes_nothing() {
    let town = Town::new();
    let station = town.recover("Station", &[1, 2], "access_request");
    let rows = town.world.server().rows().len();
    let entry = station.run(&["log", SHARED_CASE, "contact", "--note", "Fra stationen"]);
    station.run(&["sync"]);
    assert_eq!(town.world.server().rows().iter().skip(rows).filter(|row| row["kind"] == 1).count(), 0, "{entry:?}");
    town.aase.sync();
    assert!(!notes(&town.aase.show(SHARED_CASE)).contains(&"Fra stationen"));
}

#[test]
fn a_drill_opens_every_wrap_leaves_nothing_behind_and_is_on_the_record() {
    let town = Town::new();
    let station = town.recover("Øvelse", &[2, 3], "drill");
    assert!(!station.home().join("feltbog.key").exists() && !station.home().join("feltbog.db").exists());
    town.aase.sync();
    let devices = town.aase.json(&["devices"]);
    assert!(devices.as_array().unwrap().iter().any(|row| row["state"] == "station"), "{devices}");
    // Nobody has to look for it: it is told until it was seen.
    let status = town.aase.status();
    let [told] = &status["standing"].as_array().unwrap()[..] else { panic!("{status}") };
    assert_eq!(told["what"], "station");
    assert!(town.aase.run(&["status"]).done().stdout.contains("To nøgledele er lagt sammen"));
    town.aase.run(&["seen", told["id"].as_str().unwrap()]).done();
    assert_eq!(town.aase.status()["standing"], serde_json::json!([]));
}
