//! A bit turns over by itself: it is noticed, or it changes nothing. No other text is ever shown.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use feltbog_app::{App, AppError};
use feltbog_domain::DocumentId;
use feltbog_harness::{Chance, copy_folder};
use feltbog_power::{Disk, flipped};

use crate::town::{AASE, INGRID, SERVER, Served, Town, contact, notes, open};

type Shown = BTreeMap<DocumentId, String>;

fn shown(home: &Path) -> Result<Shown, AppError> {
    notes(&mut open(home)?).map(|notes| notes.into_iter().collect())
}

/// Turns over one bit of a file in a copy of Åse's home, again and again; returns how often that was noticed.
fn flip_in_a_home(home: &Path, file: &str, times: usize, may_be_shown: impl Fn(&Shown) -> bool) -> usize {
    let bytes = fs::read(home.join(file)).unwrap();
    let mut chance = Chance::of(2026);
    let mut noticed = 0;
    for _ in 0..times {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("home");
        copy_folder(home, &copy);
        let (spoilt, at) = flipped(&bytes, &mut chance);
        fs::write(copy.join(file), spoilt).unwrap();
        let _quick = Disk::under(&copy);
        match shown(&copy) {
            Ok(shown) => assert!(may_be_shown(&shown), "byte {at} of {file}: another text"),
            Err(_) => noticed += 1,
        }
    }
    noticed
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bit_of_a_devices_database_can_turn_over_into_another_text() {
    let town = Town::founded().await;
    let home = town.home(AASE);
    let before = shown(&home).unwrap();
    let noticed = flip_in_a_home(&home, "feltbog.db", 300, |shown| *shown == before);
    // Pages that showing the case does not read are not looked at.
    assert!(noticed > 30, "{noticed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bit_of_the_key_file_can_turn_over_unnoticed() {
    let town = Town::founded().await;
    let home = town.home(AASE);
    let before = shown(&home).unwrap();
    // A bit of the cost may make the passphrase dearer than the format allows, or the same key: nothing else.
    let noticed = flip_in_a_home(&home, "feltbog.key", 100, |shown| *shown == before);
    assert!(noticed > 80, "{noticed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bit_that_turns_over_in_the_write_ahead_log_takes_the_newest_saves_with_it_and_alters_none() {
    let town = Town::founded().await;
    let stage = town.copy(&[AASE]);
    let home = stage.home(AASE);
    let left = town.home("left");
    let mut history = vec![shown(&home).unwrap()];
    {
        // A process that was killed leaves its log behind: copied while it runs.
        let mut device = open(&home).unwrap();
        for number in 0..10 {
            device.log_entry(&contact(&format!("I loggen {number}"))).unwrap();
            history.push(notes(&mut device).unwrap().into_iter().collect());
        }
        copy_folder(&home, &left);
    }
    assert!(fs::metadata(left.join("feltbog.db-wal")).unwrap().len() > 10_000);
    // SQLite takes a frame whose sum is wrong for the end of what was committed: an earlier state, whole.
    flip_in_a_home(&left, "feltbog.db-wal", 200, |shown| history.contains(shown));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_bit_of_a_servers_database_can_turn_over_into_another_text_on_a_device() {
    let town = Town::founded()
        .await
        .with(async |stage| {
            let served = stage.serve().await;
            let aase = stage.open(AASE, &served).unwrap();
            for number in 0..10 {
                aase.with(|d| d.log_entry(&contact(&format!("Til Ingrid {number}")))).unwrap();
            }
            aase.exchange().await.unwrap();
            drop(aase);
            served.end().await.unwrap();
        })
        .await;
    let expected = shown(&town.home(AASE)).unwrap();
    let before = shown(&town.home(INGRID)).unwrap();
    let bytes = fs::read(town.home(SERVER).join("feltbog.db")).unwrap();
    let mut chance = Chance::of(7);
    let (mut noticed, mut whole) = (0, 0);
    for _ in 0..400 {
        let stage = town.copy(&[SERVER, INGRID]);
        let (spoilt, at) = flipped(&bytes, &mut chance);
        fs::write(stage.home(SERVER).join("feltbog.db"), spoilt).unwrap();
        let _quick = (Disk::under(&stage.home(SERVER)), Disk::under(&stage.home(INGRID)));
        let Ok(served) = Served::try_begin(&stage.home(SERVER)).await else {
            noticed += 1;
            continue;
        };
        let ingrid: App = stage.open(INGRID, &served).unwrap();
        // Whether the server notices or the device does: what is shown was written like this, or is not shown.
        if ingrid.exchange().await.is_err() {
            noticed += 1;
        }
        let shown: Shown = ingrid.with(notes).unwrap().into_iter().collect();
        for (entry, note) in &shown {
            assert_eq!(expected.get(entry), Some(note), "byte {at}: another text");
        }
        assert!(before.keys().all(|entry| shown.contains_key(entry)), "byte {at}: an entry is gone");
        whole += usize::from(shown == expected);
        drop(ingrid);
        let _ = served.end().await;
    }
    assert!(noticed > 0 && whole > 200, "{noticed} refused, {whole} shown whole");
}
