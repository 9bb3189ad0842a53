//! A database of the first released shape is brought to today's, on a disk that fails and a power that goes.

use std::fs;
use std::path::Path;

use feltbog_harness::Chance;
use feltbog_power::{Cut, Disk, Failure, Fault, Lasting};
use feltbog_store::Store;
use rusqlite::Connection;

use crate::audit::{is_sound, is_whole, unlocked};
use crate::town::Served;

const FIRST_OF_THE_DEVICE: &str = include_str!("../../../../core/store/migrations/0001_initial.sql");
const FIRST_OF_THE_SERVER: &str = include_str!("../../../../server/src/log/sqlite/migrations/0001_first.sql");
const KEY: [u8; 32] = [9; 32];

const WAYS: [(Failure, Lasting); 4] = [
    (Failure::Io, Lasting::Once),
    (Failure::Io, Lasting::FromThenOn),
    (Failure::Full, Lasting::Once),
    (Failure::ShortWrite, Lasting::FromThenOn),
];

/// A home's database as the first version left it, with something in it.
fn first_home(home: &Path) {
    let connection = unlocked(home, &KEY);
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    connection.execute_batch(FIRST_OF_THE_DEVICE).unwrap();
    connection.execute_batch("PRAGMA user_version = 1; INSERT INTO meta VALUES ('word', x'2a')").unwrap();
}

/// A server's data folder likewise, with a municipality in it.
fn first_server(data: &Path) {
    let connection = Connection::open(data.join("feltbog.db")).unwrap();
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    connection.execute_batch(FIRST_OF_THE_SERVER).unwrap();
    connection
        .execute_batch(
            "PRAGMA user_version = 1; INSERT INTO tenant (id, name, epoch) VALUES (zeroblob(16), 'By', zeroblob(16))",
        )
        .unwrap();
    fs::write(data.join("receipt.key"), [3; 32]).unwrap();
}

fn opens_with_what_was_there(home: &Path, told: &str) {
    let store = Store::open(&home.join("feltbog.db"), &KEY).unwrap_or_else(|error| panic!("{told}: {error}"));
    assert_eq!(store.reader().meta("word").unwrap().as_deref(), Some(&[42][..]), "{told}");
    // A table of the newest shape answers.
    assert_eq!(store.reader().unsent_count(&[]).unwrap().documents, 0, "{told}");
    drop(store);
    let version: u32 = unlocked(home, &KEY).query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert!(version > 1, "{told}: version {version}");
    is_sound(home, &KEY);
}

#[test]
fn bringing_a_device_up_to_date_survives_every_failing_call() {
    for (failure, lasting) in WAYS {
        for nth in 1.. {
            let folder = tempfile::tempdir().unwrap();
            first_home(folder.path());
            let disk = Disk::under(folder.path());
            disk.arm(Fault { nth, failure, lasting });
            let said = Store::open(&folder.path().join("feltbog.db"), &KEY).map(drop);
            let struck = disk.heal();
            assert!(struck || said.is_ok(), "{said:?}");
            opens_with_what_was_there(folder.path(), &format!("{failure:?} {lasting:?} {nth}: {said:?}"));
            if !struck {
                break;
            }
        }
    }
}

#[test]
fn bringing_a_device_up_to_date_survives_a_power_cut_at_every_sync() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().canonicalize().unwrap();
    first_home(&home);
    let disk = Disk::under(&home);
    disk.record();
    drop(Store::open(&home.join("feltbog.db"), &KEY).unwrap());
    let mut chance = Chance::of(3);
    for moment in disk.recorded().moments() {
        for how in Cut::ALL {
            let found = tempfile::tempdir().unwrap();
            for (path, bytes) in moment.cut(how, &mut chance) {
                fs::write(found.path().join(path.file_name().unwrap()), bytes).unwrap();
            }
            let _quick = Disk::under(found.path());
            opens_with_what_was_there(found.path(), &format!("before sync {}, {how:?}", moment.number));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bringing_a_server_up_to_date_survives_every_failing_call() {
    for (failure, lasting) in WAYS {
        for nth in 1.. {
            let folder = tempfile::tempdir().unwrap();
            first_server(folder.path());
            let disk = Disk::under(folder.path());
            disk.arm(Fault { nth, failure, lasting });
            if let Ok(served) = Served::try_begin(folder.path()).await {
                let _ = served.end().await;
            }
            let struck = disk.heal();
            Served::begin(folder.path()).await.end().await.unwrap();
            let connection = Connection::open(folder.path().join("feltbog.db")).unwrap();
            is_whole(&connection);
            let name: String = connection.query_row("SELECT name FROM tenant", [], |row| row.get(0)).unwrap();
            assert_eq!(name, "By", "{failure:?} {nth}");
            if !struck {
                break;
            }
        }
    }
}
