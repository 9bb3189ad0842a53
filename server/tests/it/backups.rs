//! Backups as IT makes them: while the server works, looked through, and put back on a new disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread;
use std::time::Instant;

use feltbog_protocol::{BootstrapCode, RefusalCode};

use crate::support::{
    Busy, Serving, TestServer, TestTenant, confirm_erasure, fresh_id, get, hash_of, json, new_folder, propose_erasure,
    run, try_run,
};

/// More than three backups take, and fewer than a device may make at once.
const PUSHES: usize = 1_100;

/// A folder for a store and one for its backups.
struct Room {
    home: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn backups(&self) -> PathBuf {
        self.home.path().join("backups")
    }

    fn init(&self) -> BootstrapCode {
        let started = json(&run(&self.data(), &["init", "--tenant", "Halsbæk Kommune", "--json"]));
        started["bootstrap"].as_str().unwrap().parse().unwrap()
    }

    fn backup(&self) -> Output {
        run(&self.data(), &["backup", "--to", self.backups().to_str().unwrap()])
    }

    fn verify(&self) -> Output {
        try_run(&["verify", "--from", self.backups().to_str().unwrap()])
    }

    fn restore(&self) -> Output {
        run(&self.data(), &["restore", "--from", self.backups().to_str().unwrap()])
    }

    fn restore_past_damage(&self) -> Output {
        run(&self.data(), &["restore", "--pass-over-damaged", "--from", self.backups().to_str().unwrap()])
    }

    /// The newest set's file.
    fn file(&self, kind: &str, name: &str) -> PathBuf {
        newest(&self.backups().join(kind)).join(name)
    }
}

fn newest(folder: &Path) -> PathBuf {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).max().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), output.stderr.as_slice()].concat()).unwrap()
}

#[test]
fn a_backup_made_under_load_brings_everything_back_on_a_new_disk_and_devices_the_rest() {
    let room = Room::new();
    let code = room.init();
    let mut serving = Serving::start(&room.data(), &[]);
    let address = serving.address;
    let mut busy = Busy::found(address, &code);
    thread::scope(|scope| {
        let pushing = scope.spawn(|| (0..PUSHES).all(|_| busy.push(address)));
        let made = [room.backup(), room.backup(), room.backup()];
        let still_under_load = !pushing.is_finished();
        serving.terminate();
        assert!(!pushing.join().unwrap() && still_under_load);
        assert!(made.iter().all(|made| made.status.success()), "{}", said(&made[0]));
    });
    assert!(serving.ended().0.success());
    assert!(room.verify().status.success(), "{}", said(&room.verify()));
    fs::remove_dir_all(room.data()).unwrap();

    let begun = Instant::now();
    let restored = room.restore();
    assert!(restored.status.success(), "{}", said(&restored));
    let serving = Serving::start(&room.data(), &[]);
    assert_eq!(get(serving.address, "/health/ready").status, 200);
    println!("from an empty disk to ready: {:?}", begun.elapsed());
    let lost = busy.missing(&room.data());
    println!("{} of {} envelopes came after the backup", lost.len(), busy.answered.len());
    busy.heal(serving.address);
    assert_eq!(busy.missing(&room.data()), Vec::<u64>::new());
}

#[test]
fn a_backup_of_which_a_bit_turned_over_is_refused_by_name_and_the_store_in_place_stays() {
    for (kind, name) in [("database", "feltbog.db"), ("keys", "shred.db"), ("keys", "receipt.key")] {
        let room = Room::new();
        room.init();
        assert!(room.backup().status.success());
        let path = room.file(kind, name);
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        let refused = room.verify();
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains(name), "{}", said(&refused));
        let before = fs::read(room.data().join("feltbog.db")).unwrap();
        assert_eq!(room.restore().status.code(), Some(1), "{kind}");
        assert_eq!(fs::read(room.data().join("feltbog.db")).unwrap(), before);
    }
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_newest_copy_is_passed_over_when_asked_and_devices_bring_what_came_since() {
    let room = Room::new();
    let code = room.init();
    let mut serving = Serving::start(&room.data(), &[]);
    let mut busy = Busy::found(serving.address, &code);
    assert!(room.backup().status.success());
    assert!(busy.push(serving.address));
    assert!(room.backup().status.success());
    serving.terminate();
    assert!(serving.ended().0.success());
    damage(&room.file("database", "feltbog.db"));
    fs::remove_dir_all(room.data()).unwrap();
    let refused = room.restore();
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("feltbog.db") && said(&refused).contains("--pass-over-damaged"),
        "{}",
        said(&refused)
    );
    assert!(!room.data().join("feltbog.db").exists());
    let restored = room.restore_past_damage();
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("Damaged copies of the database were passed over: 1."), "{}", said(&restored));
    let serving = Serving::start(&room.data(), &[]);
    assert_eq!(busy.missing(&room.data()).len(), 1);
    busy.heal(serving.address);
    assert_eq!(busy.missing(&room.data()), Vec::<u64>::new());
}

#[test]
fn where_every_copy_is_damaged_nothing_is_restored_and_it_says_what_is_safe() {
    let room = Room::new();
    room.init();
    assert!(room.backup().status.success());
    damage(&room.file("database", "feltbog.db"));
    let before = fs::read(room.data().join("feltbog.db")).unwrap();
    for refused in [room.restore(), room.restore_past_damage()] {
        assert_eq!(refused.status.code(), Some(1));
        let said = said(&refused);
        assert!(said.contains("every copy of the database in this backup is damaged (1)"), "{said}");
        assert!(said.contains("What devices hold is safe with them"), "{said}");
    }
    assert_eq!(fs::read(room.data().join("feltbog.db")).unwrap(), before);
}

#[test]
fn half_a_backup_is_named_by_the_half_that_is_not_there() {
    for missing in ["database", "keys"] {
        let room = Room::new();
        room.init();
        assert!(room.backup().status.success());
        fs::remove_dir_all(room.backups().join(missing)).unwrap();
        let verified = room.verify();
        assert!(!verified.status.success());
        assert!(said(&verified).contains(&format!("no copy in the folder `{missing}`")), "{}", said(&verified));
    }
}

#[test]
fn a_row_that_somebody_changed_or_took_out_is_found() {
    let changes = [
        ("UPDATE log SET body = zeroblob(length(body)) WHERE seq = 2", "row 2 holds another envelope"),
        ("UPDATE log SET env_hash = zeroblob(32) WHERE seq = 2", "running hash breaks at row 2"),
        ("DELETE FROM log WHERE seq = 2", "row 2 of the log is missing"),
        ("DELETE FROM log WHERE seq = 4", "row 4 of the log is missing"),
    ];
    for (change, found) in changes {
        let room = Room::new();
        let code = room.init();
        {
            let serving = Serving::start(&room.data(), &[]);
            let mut busy = Busy::found(serving.address, &code);
            assert!(busy.push(serving.address) && busy.push(serving.address));
        }
        let store = ["verify", "--data", room.data().to_str().unwrap()].map(str::to_owned);
        assert!(try_run(&store).status.success());
        rusqlite::Connection::open(room.data().join("feltbog.db")).unwrap().execute(change, []).unwrap();
        let told = try_run(&store);
        assert_eq!(told.status.code(), Some(1), "{change}");
        assert!(said(&told).contains(found), "{change}: {}", said(&told));
        assert_eq!(room.backup().status.code(), Some(1), "no backup is made of a store that is not whole");
        assert!(said(&room.verify()).contains("no backup"), "and none stands there half");
    }
}

#[test]
fn a_backup_is_not_put_into_a_folder_with_another_key() {
    let room = Room::new();
    let code = room.init();
    {
        let serving = Serving::start(&room.data(), &[]);
        Busy::found(serving.address, &code);
    }
    assert!(room.backup().status.success());
    fs::remove_dir_all(room.data()).unwrap();
    room.init();
    let refused = room.restore();
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("receipt.key is not the key its devices know"), "{}", said(&refused));
}

/// A backup of one folder, then one of two of which the key store is gone, then a new disk.
fn with_an_older_key_store() -> (Room, Busy) {
    let room = Room::new();
    let code = room.init();
    let serving = Serving::start(&room.data(), &[]);
    let mut busy = Busy::found(serving.address, &code);
    assert!(room.backup().status.success());
    let keys = newest(&room.backups().join("keys"));
    busy.make_folder(serving.address);
    assert!(room.backup().status.success());
    fs::remove_dir_all(newest(&room.backups().join("keys"))).unwrap();
    assert!(keys.exists());
    drop(serving);
    fs::remove_dir_all(room.data()).unwrap();
    (room, busy)
}

#[test]
fn with_an_older_key_store_the_newest_database_it_can_read_is_taken_and_devices_bring_the_rest() {
    let (room, mut busy) = with_an_older_key_store();
    let restored = room.restore();
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("passed over: 1"), "{}", said(&restored));
    let serving = Serving::start(&room.data(), &[]);
    busy.heal(serving.address);
    assert!(busy.push(serving.address), "work goes on");
    assert_eq!(busy.missing(&room.data()), Vec::<u64>::new(), "the folder is there again");
    let whole = json(&try_run(&["verify", "--data", room.data().to_str().unwrap(), "--json"]));
    assert_eq!(whole["without_key"], 0, "and can be read");
}

#[test]
fn with_a_key_store_older_than_every_database_it_is_said_what_is_missing_and_the_store_stays_sound() {
    let (room, mut busy) = with_an_older_key_store();
    let databases = room.backups().join("database");
    let taken = newest(&databases);
    let older = fs::read_dir(&databases).unwrap().map(|set| set.unwrap().path()).find(|set| *set != taken);
    fs::remove_dir_all(older.unwrap()).unwrap();
    let restored = room.restore();
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("without their keys: 1"), "{}", said(&restored));
    let serving = Serving::start(&room.data(), &[]);
    busy.heal(serving.address);
    assert!(busy.push(serving.address), "work goes on");
    busy.renew_key(serving.address);
    let backup = room.backup();
    assert!(
        backup.status.success(),
        "a key that is made now is no reason to call the old rows damaged: {}",
        said(&backup)
    );
}

#[test]
fn nothing_is_left_of_the_copy_a_restore_worked_on() {
    let room = Room::new();
    room.init();
    assert!(room.backup().status.success());
    fs::remove_dir_all(room.data()).unwrap();
    assert!(room.restore().status.success());
    let left = fs::read_dir(room.data()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.contains("restoring")).collect::<Vec<_>>(), Vec::<String>::new());
}

/// Of a log in a file alone.
mod on_file {
    use super::*;

    #[test]
    fn what_was_erased_after_a_backup_is_counted_and_comes_back_with_none() {
        let server = TestServer::start();
        let tenant = TestTenant::found(&server);
        let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
        let made = new_folder(&mut founder, folder, tenant.programme);
        assert_eq!(founder.push(&server, &[made]), [RefusalCode::Ok]);
        let backups = tempfile::tempdir().unwrap();
        let to = backups.path().to_str().unwrap();
        assert!(run(server.data(), &["backup", "--to", to]).status.success());
        let mut deputy = tenant.enrol_deputy();
        let proposal = propose_erasure(&mut deputy, &[folder], tenant.programme);
        assert_eq!(deputy.push(&server, std::slice::from_ref(&proposal)), [RefusalCode::Ok]);
        let confirmed = confirm_erasure(&mut founder, hash_of(&proposal));
        assert_eq!(founder.push(&server, &[confirmed]), [RefusalCode::Ok]);
        let made = run(server.data(), &["backup", "--to", to]);
        assert!(made.status.success(), "{}", said(&made));
        fs::remove_dir_all(newest(&backups.path().join("database"))).unwrap();
        let verified = try_run(&["verify", "--from", to, "--json"]);
        assert_eq!(json(&verified)["to_erase"], 1, "the newest list of erasures beside an older database");
    }
}
