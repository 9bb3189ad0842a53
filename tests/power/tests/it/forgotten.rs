//! What was taken off a device is in no page of its database, also for whoever has the key.

use std::path::Path;
use std::sync::Arc;

use feltbog_app::{App, HandOverWish, InviteWish, SystemClock, join};
use feltbog_domain::{ErasureReason, Role};
use feltbog_power::{pages_with, plain_pages};
use rusqlite::Connection;

use crate::town::{AASE, CASE, INGRID, PASSPHRASE, SERVER, Served, Stage, Town, contact};

/// In small letters, as the search index has them too.
const IN_A_NOTE: &str = "xylofonbager";
const IN_A_DRAFT: &str = "kvartermester";
const CITIZEN: &str = "Bo Bak";

fn hex(key: &[u8; 32]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A database with this key in which a word was written and deleted again.
fn with_a_deleted_word(path: &Path, key: &[u8; 32], secure_delete: bool) {
    let database = Connection::open(path).unwrap();
    database.execute_batch(&format!("PRAGMA key = \"x'{}'\"", hex(key))).unwrap();
    database.pragma_update(None, "secure_delete", secure_delete).unwrap();
    database
        .execute_batch(
            "CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('bliver');
             INSERT INTO t VALUES ('xylofonbager'); DELETE FROM t WHERE x = 'xylofonbager';",
        )
        .unwrap();
}

#[test]
fn the_scan_finds_what_is_there_and_what_was_deleted_carelessly() {
    let folder = tempfile::tempdir().unwrap();
    let key = [7; 32];
    for (name, secure_delete, expected) in [("careless.db", false, 1), ("careful.db", true, 0)] {
        let path = folder.path().join(name);
        with_a_deleted_word(&path, &key, secure_delete);
        let pages = plain_pages(&path, &key);
        assert_eq!(pages_with(&pages, "bliver"), 1, "{name}");
        assert_eq!(pages_with(&pages, IN_A_NOTE), expected, "{name}");
    }
}

/// A second consultant, who can take cases over.
async fn olga(stage: &Stage, served: &Served, leader: &App) -> App {
    colleague(stage, served, leader, Role::Consultant).await
}

async fn colleague(stage: &Stage, served: &Served, leader: &App, role: Role) -> App {
    let wish = InviteWish { name: "Olga Lund".into(), role, programme: None, side: None, valid_minutes: None };
    let invitation = leader.with(|d| d.invite(&wish)).unwrap().to_text();
    let transport = stage.way_to(served);
    let clock = Arc::new(SystemClock);
    let home = stage.home("olga");
    let (device, _) = join(&home, PASSPHRASE, &invitation, None, transport.as_ref(), clock).await.unwrap();
    App::new(device, transport)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_moved_to_a_colleague_leaves_no_word_in_the_pages_of_the_old_device() {
    let town = Town::founded().await;
    let stage = town.copy(&[SERVER, INGRID, AASE]);
    let served = stage.serve().await;
    let (ingrid, aase) = (stage.open(INGRID, &served).unwrap(), stage.open(AASE, &served).unwrap());
    let olga = olga(&stage, &served, &ingrid).await;
    aase.with(|d| d.log_entry(&contact(&format!("En {IN_A_NOTE} søges")))).unwrap();
    for app in [&ingrid, &olga, &aase, &ingrid] {
        app.exchange().await.unwrap();
    }
    // Only on this device when the case goes: handed in, and forgotten with the rest.
    aase.with(|d| d.log_entry(&contact(&format!("Talt med {IN_A_DRAFT}")))).unwrap();
    let database = stage.home(AASE).join("feltbog.db");
    let before = plain_pages(&database, &town.key(AASE));
    for word in [IN_A_NOTE, IN_A_DRAFT, CITIZEN] {
        assert!(pages_with(&before, word) > 0, "{word} is not found while it is there");
    }

    let away = HandOverWish { from: "Åse Møller".into(), to: "Olga Lund".into(), case: None };
    ingrid.with(|d| d.hand_over(&away)).unwrap();
    for app in [&ingrid, &aase, &olga, &aase] {
        app.exchange().await.unwrap();
    }
    assert!(aase.with(|d| d.show_case(CASE)).is_err());
    let nothing_is_left = |when: &str| {
        let pages = plain_pages(&database, &town.key(AASE));
        for word in [IN_A_NOTE, IN_A_DRAFT, CITIZEN] {
            assert_eq!(pages_with(&pages, word), 0, "{word}, while the device is {when}");
        }
    };
    nothing_is_left("open");
    drop((ingrid, aase, olga));
    nothing_is_left("closed");
    served.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_entry_leaves_no_word_in_the_pages_of_any_device_and_its_case_stays() {
    let town = Town::founded().await;
    let stage = town.copy(&[SERVER, INGRID, AASE]);
    let served = stage.serve().await;
    let (ingrid, aase) = (stage.open(INGRID, &served).unwrap(), stage.open(AASE, &served).unwrap());
    let deputy = colleague(&stage, &served, &ingrid, Role::Deputy).await;
    let entry = aase.with(|d| d.log_entry(&contact(&format!("En {IN_A_NOTE} søges")))).unwrap().entry;
    for app in [&ingrid, &deputy, &aase, &ingrid, &deputy] {
        app.exchange().await.unwrap();
    }
    // Only on this device, and in an entry that goes meanwhile.
    aase.with(|d| d.edit_note(entry, &format!("En {IN_A_NOTE} og en {IN_A_DRAFT} søges"), &[])).unwrap();
    let words_in = |name: &str, words: &[&str]| {
        let pages = plain_pages(&stage.home(name).join("feltbog.db"), &town.key(name));
        words.iter().map(|word| pages_with(&pages, word)).collect::<Vec<_>>()
    };
    assert!(words_in(AASE, &[IN_A_NOTE, IN_A_DRAFT, CITIZEN]).iter().all(|found| *found > 0));
    assert!(words_in(INGRID, &[IN_A_NOTE, CITIZEN]).iter().all(|found| *found > 0));
    let reason = ErasureReason::WrongPerson;
    let proposed = deputy.with(|d| d.propose_entry_erasure(None, entry, reason)).unwrap();
    deputy.exchange().await.unwrap();
    ingrid.exchange().await.unwrap();
    ingrid.with(|d| d.confirm_erasure(&proposed.proposal)).unwrap();
    for app in [&ingrid, &aase, &deputy, &aase, &ingrid] {
        app.exchange().await.unwrap();
    }
    for (name, when) in [(AASE, "open"), (INGRID, "open")] {
        assert_eq!(words_in(name, &[IN_A_NOTE, IN_A_DRAFT]), [0, 0], "{name}, while the device is {when}");
        assert!(words_in(name, &[CITIZEN])[0] > 0, "the case stays");
    }
    drop((ingrid, aase, deputy));
    for name in [AASE, INGRID] {
        assert_eq!(words_in(name, &[IN_A_NOTE, IN_A_DRAFT]), [0, 0], "{name}, while the device is closed");
    }
    served.end().await.unwrap();
}
