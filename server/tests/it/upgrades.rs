//! A newer program and an older store, and the other way round: what the handbook's chapter on versions promises.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::{Busy, Serving, json, run, try_run};

/// A store with a device that wrote, its backup, and what the device wrote since.
struct Town {
    home: tempfile::TempDir,
    busy: Busy,
}

impl Town {
    fn found() -> Self {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        let started = json(&run(&data, &["init", "--tenant", "Halsbæk", "--json"]));
        let busy = {
            let serving = Serving::start(&data, &[]);
            Busy::found(serving.address, &started["bootstrap"].as_str().unwrap().parse().unwrap())
        };
        let mut town = Self { home, busy };
        town.write();
        town
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn backups(&self) -> String {
        self.home.path().join("backups").to_str().unwrap().to_owned()
    }

    /// The device writes something, and the server ends.
    fn write(&mut self) {
        let serving = Serving::start(&self.data(), &[]);
        assert!(self.busy.push(serving.address));
        let mut serving = serving;
        serving.terminate();
        assert!(serving.ended().0.success());
    }

    fn back_up(&self) {
        let made = run(&self.data(), &["backup", "--to", &self.backups()]);
        assert!(made.status.success(), "{}", said(&made));
    }

    fn restore(&self) -> Output {
        run(&self.data(), &["restore", "--from", &self.backups()])
    }

    /// Serves what there is, and the device brings what is missing.
    fn is_whole_once_the_device_came(&mut self) {
        let serving = Serving::start(&self.data(), &[]);
        self.busy.heal(serving.address);
        assert_eq!(self.busy.missing(&self.data()), Vec::<u64>::new());
    }
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), output.stderr.as_slice()].concat()).unwrap()
}

/// The shape of a store, by its number.
fn version(data: &Path) -> u32 {
    let file = rusqlite::Connection::open(data.join("feltbog.db")).unwrap();
    file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Makes a store what the program before this one left.
fn as_the_version_before(data: &Path) {
    let now = version(data);
    let file = rusqlite::Connection::open(data.join("feltbog.db")).unwrap();
    file.execute_batch(&format!("ALTER TABLE device DROP COLUMN build; PRAGMA user_version = {}", now - 1)).unwrap();
}

fn as_a_newer_program_left_it(data: &Path) -> u32 {
    let newer = version(data) + 1;
    let file = rusqlite::Connection::open(data.join("feltbog.db")).unwrap();
    file.execute_batch(&format!("PRAGMA user_version = {newer}")).unwrap();
    newer
}

#[test]
fn a_store_of_the_version_before_is_taken_up_at_the_start_with_everything_in_it() {
    let mut town = Town::found();
    let now = version(&town.data());
    as_the_version_before(&town.data());
    assert!(run(&town.data(), &["doctor", "--json"]).status.code().is_some());
    assert_eq!(version(&town.data()), now - 1, "who only looks changes nothing");
    town.write();
    assert_eq!((version(&town.data()), town.busy.missing(&town.data())), (now, Vec::new()));
}

#[test]
fn a_backup_of_the_version_before_is_looked_through_and_restored() {
    let mut town = Town::found();
    let now = version(&town.data());
    as_the_version_before(&town.data());
    town.back_up();
    let verified = try_run(&["verify", "--from", &town.backups()]);
    assert!(verified.status.success(), "{}", said(&verified));
    town.write();
    let restored = town.restore();
    assert!(restored.status.success(), "{}", said(&restored));
    assert_eq!(version(&town.data()), now);
    town.is_whole_once_the_device_came();
}

#[test]
fn a_store_of_a_newer_program_is_refused_by_every_command_in_one_sentence_and_left_alone() {
    let town = Town::found();
    let newer = as_a_newer_program_left_it(&town.data());
    let before = fs::read(town.data().join("feltbog.db")).unwrap();
    let device = town.busy.device.id.to_string();
    let backups = town.backups();
    let commands: [&[&str]; 6] = [
        &["serve", "--listen", "127.0.0.1:0"],
        &["init", "--tenant", "Nørrevig"],
        &["backup", "--to", &backups],
        &["devices"],
        &["block", "--device", &device],
        &["log"],
    ];
    for command in commands {
        let refused = run(&town.data(), command);
        assert_eq!(refused.status.code(), Some(1), "{command:?}");
        let words = format!("the store is of version {newer}, this program knows versions up to {}", newer - 1);
        assert!(said(&refused).contains(&words), "{command:?}: {}", said(&refused));
    }
    assert_eq!(fs::read(town.data().join("feltbog.db")).unwrap(), before);
}

#[test]
fn going_back_is_restoring_the_backup_of_before_and_devices_bring_what_came_since() {
    let mut town = Town::found();
    town.back_up();
    town.write();
    as_a_newer_program_left_it(&town.data());
    let restored = town.restore();
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(town.data().join("feltbog.db.before-restore").is_file(), "what the newer program wrote is kept");
    town.is_whole_once_the_device_came();
}

#[test]
fn a_backup_of_a_newer_program_is_not_restored_and_the_store_in_place_stays() {
    let town = Town::found();
    let place = town.data().join("feltbog.db");
    let copy = town.home.path().join("newer.db");
    fs::copy(&place, &copy).unwrap();
    let file = rusqlite::Connection::open(&copy).unwrap();
    file.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(file);
    let before = fs::read(&place).unwrap();
    let refused = run(&town.data(), &["restore", "--from", copy.to_str().unwrap()]);
    assert!(said(&refused).contains("the store is of version 99"), "{}", said(&refused));
    assert_eq!(fs::read(&place).unwrap(), before);
}

#[test]
fn the_handbook_shows_the_refusal_that_this_program_gives() {
    let town = Town::found();
    as_a_newer_program_left_it(&town.data());
    let refused = said(&run(&town.data(), &["serve", "--listen", "127.0.0.1:0"]));
    for handbook in [include_str!("../../docs/handbook.da.md"), include_str!("../../docs/handbook.en.md")] {
        assert!(handbook.contains(refused.trim()), "{refused}");
    }
}
