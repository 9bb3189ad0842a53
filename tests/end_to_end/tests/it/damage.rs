//! Files that were damaged: a sentence, and nothing made worse.

use std::fs;
use std::path::{Path, PathBuf};

use feltbog_harness::{Chance, Device, copy_folder, scan};

use crate::support::{Pair, SHARED_CASE, is_quiet};

fn file(device: &Device, name: &str) -> PathBuf {
    device.home().join(name)
}

/// All files of a folder with their bytes, the lock excepted.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    scan::files(folder)
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name != "lock"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

#[test]
fn a_damaged_key_file_gets_a_sentence_and_is_as_good_as_new_when_it_is_put_back() {
    let pair = Pair::new();
    pair.aase.log(SHARED_CASE, "note", "Det vigtige", &[]);
    let path = file(&pair.aase, "feltbog.key");
    let whole = fs::read(&path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..whole.len())
        .step_by(7)
        .map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            bytes
        })
        .collect();
    damaged.extend([
        Vec::new(),
        whole[..whole.len() / 2].to_vec(),
        [whole.clone(), vec![0]].concat(),
        vec![0xff; 4096],
    ]);
    for bytes in &damaged {
        fs::write(&path, bytes).unwrap();
        let before = contents(pair.aase.home());
        pair.aase.refused(&["cases"]);
        pair.aase.refused(&["log", SHARED_CASE, "note", "--note", "x"]);
        assert_eq!(contents(pair.aase.home()), before);
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(pair.aase.search(&["vigtige"]).len(), 1);
    pair.exchange_twice();
    is_quiet(&pair.aase);
}

#[test]
fn a_damaged_database_gets_a_sentence_and_no_half_answers() {
    let pair = Pair::new();
    for number in 0..10 {
        pair.aase.log(SHARED_CASE, "note", &format!("Notat {number}"), &[]);
    }
    let path = file(&pair.aase, "feltbog.db");
    let (whole, page) = (fs::read(&path).unwrap(), pair.aase.show(SHARED_CASE));
    let mut chance = Chance::of(5);
    let mut refused = 0;
    for round in 0..14 {
        let at = if round < 3 { round * 40 } else { usize::try_from(chance.below(whole.len() as u64)).unwrap() };
        let mut bytes = whole.clone();
        bytes[at] ^= 0x01;
        fs::write(&path, &bytes).unwrap();
        // A page that no answer needs may be damaged unseen; what is shown must be right.
        let ran = pair.aase.run(&["show", SHARED_CASE, "--json"]);
        match ran.code {
            Some(0) => assert_eq!(ran.json(), page, "byte {at}"),
            _ => {
                ran.refused();
                refused += 1;
            }
        }
        for leftover in ["feltbog.db-wal", "feltbog.db-shm"] {
            let _ = fs::remove_file(file(&pair.aase, leftover));
        }
    }
    assert!(refused >= 3, "{refused}");
    for bytes in [&whole[..whole.len() / 2], &whole[..100], &[]] {
        fs::write(&path, bytes).unwrap();
        pair.aase.refused(&["show", SHARED_CASE]);
        let after = fs::read(&path).unwrap();
        assert!(after == bytes, "{} bytes were changed into {}", bytes.len(), after.len());
        for leftover in ["feltbog.db-wal", "feltbog.db-shm"] {
            let _ = fs::remove_file(file(&pair.aase, leftover));
        }
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(pair.aase.show(SHARED_CASE), page);
    pair.exchange_twice();
    is_quiet(&pair.aase);
}

#[test]
fn a_database_that_is_gone_is_not_quietly_made_anew() {
    let pair = Pair::new();
    let path = file(&pair.aase, "feltbog.db");
    let away = pair.world.folder().join("away.db");
    fs::rename(&path, &away).unwrap();
    pair.aase.refused(&["cases"]);
    pair.aase.refused(&["status"]);
    fs::rename(&away, &path).unwrap();
    assert_eq!(pair.aase.cases().len(), 1);
}

#[test]
fn a_home_that_is_no_folder_and_a_folder_that_is_no_home_get_a_sentence() {
    let pair = Pair::new();
    let as_file = pair.world.device("fil");
    fs::write(as_file.home(), "ikke en mappe").unwrap();
    let nowhere = pair.world.device("tom");
    let invitation = pair.leader().invite("Ny Kollega", "consultant");
    for command in [&["cases"][..], &["sync"], &["status"], &["open"]] {
        as_file.refused(command);
        nowhere.refused(command);
    }
    as_file.refused(&["join", &invitation]);
    assert_eq!(fs::read_to_string(as_file.home()).unwrap(), "ikke en mappe");
    nowhere.join(&invitation);
}

#[test]
fn a_copy_of_a_home_goes_on_as_a_device_of_its_own_and_loses_nobodys_work() {
    let pair = Pair::new();
    let twin = pair.world.device("tvilling");
    copy_folder(pair.aase.home(), twin.home());
    let twin = twin.with_passphrase("Åse Møller spiser rødgrød med fløde\n");
    pair.aase.log(SHARED_CASE, "note", "På den rigtige", &[]);
    twin.log(SHARED_CASE, "note", "På kopien", &[]);
    pair.aase.sync();
    let before = pair.aase.status()["device"].clone();
    twin.sync();
    assert_ne!(twin.status()["device"], before, "two devices under one name would overwrite each other");
    assert_eq!(pair.aase.status()["device"], before);
    pair.exchange_twice();
    twin.sync();
    for device in [&pair.aase, &twin, pair.world.leader()] {
        assert_eq!(device.search(&["kopien"]).len(), 1, "{}", device.name());
        assert_eq!(device.search(&["rigtige"]).len(), 1, "{}", device.name());
        is_quiet(device);
    }
}
