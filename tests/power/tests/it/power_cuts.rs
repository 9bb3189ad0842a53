//! The power goes at every sync of fifty operations, and the disk keeps what it likes of what was not synced.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use feltbog_app::Device;
use feltbog_domain::DocumentId;
use feltbog_harness::Chance;
use feltbog_power::{Cut, Disk, Failure, Fault, Files, Lasting, Recording};
use feltbog_protocol::PushResult;
use feltbog_store::Store;

use crate::audit::{LogRow, audit, audit_server, is_sound};
use crate::town::{AASE, INGRID, SERVER, Served, Town, contact, notes, open};

const OPERATIONS: usize = 50;

/// What the case shows: note by entry.
type Shown = BTreeMap<DocumentId, String>;

fn shown(device: &mut Device) -> Shown {
    notes(device).unwrap().into_iter().collect()
}

/// Writes files that lay below `from` as they are found after a cut, into a new folder.
fn found(files: &Files, from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let to = folder.path().join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    folder
}

/// Cuts at every moment in every way; returns how many cuts that was.
fn cut_everywhere(recording: &Recording, from: &Path, mut look: impl FnMut(&Path, usize, &str)) -> usize {
    let mut chance = Chance::of(41);
    let mut cuts = 0;
    for moment in recording.moments() {
        for how in Cut::ALL {
            let folder = found(&moment.cut(how, &mut chance), from);
            // Nothing needs to survive a second cut: below a disk nothing is synced for real, which saves the time.
            let _disk = Disk::under(folder.path());
            look(folder.path(), moment.answered, &format!("before sync {}, {how:?}", moment.number));
            cuts += 1;
        }
    }
    cuts
}

/// One of the fifty: entries, longer and longer notes, edits, imports of nothing, folding the log into the file, and now
/// and then the process ends and begins.
fn operate(mut device: Device, home: &Path, number: usize) -> Device {
    match number % 10 {
        3 | 7 => {
            let all = notes(&mut device).unwrap();
            let (entry, note) = all[number % all.len()].clone();
            let heads = device.open_entry(entry).unwrap().heads;
            device.edit_note(entry, &format!("{note} og rettet ved {number}"), &heads).unwrap();
        }
        9 => {
            drop(device);
            device = open(home).unwrap();
            device.log_entry(&contact(&format!("Efter genstart {number}"))).unwrap();
        }
        5 => {
            device.log_entry(&contact(&format!("Lang {number} {}", "ord ".repeat(2000)))).unwrap();
        }
        _ => {
            device.log_entry(&contact(&format!("Nummer {number}"))).unwrap();
        }
    }
    device
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_device_answered_for_survives_a_power_cut_at_every_sync() {
    let town = Town::founded().await;
    let stage = town.copy(&[AASE]);
    let (home, key) = (stage.home(AASE).canonicalize().unwrap(), town.key(AASE));
    let disk = Disk::under(&home);
    disk.record();
    let mut device = open(&home).unwrap();
    // What was shown after each answer; the first before any.
    let mut history: Vec<Shown> = vec![shown(&mut device)];
    for number in 0..OPERATIONS {
        device = operate(device, &home, number);
        disk.answered();
        history.push(shown(&mut device));
    }
    drop(device);
    let recording = disk.recorded();
    let cuts = cut_everywhere(&recording, &home, |home, answered, told| {
        let mut device = open(home).unwrap_or_else(|error| panic!("{told}: {error}"));
        let there = shown(&mut device);
        // What was under way when the power went may be there, whole.
        let may_be = history.get(answered + 1).is_some_and(|next| *next == there);
        assert!(there == history[answered] || may_be, "{told}: after {answered} answers");
        drop(device);
        let books = audit(home, &key);
        let changes: i64 = books.pending.values().sum();
        let operations = i64::try_from(if may_be { answered + 1 } else { answered }).unwrap();
        // Each operation is one save, and each save one change; the register may follow with one of its own.
        assert!(changes >= operations, "{told}: {changes} changes of {operations} saves");
        is_sound(home, &key);
    });
    eprintln!("{cuts} cuts");
    assert!(cuts > 50 * 8, "{cuts}");
}

#[test]
fn a_database_that_was_being_made_when_the_power_went_is_made_by_the_next_try() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    fs::create_dir_all(&folder).unwrap();
    let database = |folder: &Path| folder.join("feltbog.db");
    let disk = Disk::under(&folder);
    disk.record();
    let mut store = Store::open(&database(&folder), &[5; 32]).unwrap();
    disk.answered();
    store.write(|w| w.set_meta("word", b"value")).unwrap();
    disk.answered();
    drop(store);
    let recording = disk.recorded();
    let cuts = cut_everywhere(&recording, &folder, |folder, answered, told| {
        let mut store = Store::open(&database(folder), &[5; 32]).unwrap_or_else(|error| panic!("{told}: {error}"));
        if answered == 2 {
            assert!(store.reader().meta("word").unwrap().is_some(), "{told}");
        }
        store.write(|w| w.set_meta("word", b"again")).unwrap();
        drop(store);
        is_sound(folder, &[5; 32]);
    });
    assert!(cuts > 8 * 4, "{cuts}");
}

/// What the server had answered for by each answer.
type Answers = Arc<Mutex<Vec<usize>>>;

struct ServerRun {
    recording: Recording,
    from: std::path::PathBuf,
    /// Results heard by the devices, in order.
    heard: Vec<PushResult>,
    /// How many of them after each answer.
    answers: Vec<usize>,
    rows: Vec<LogRow>,
    _stage: crate::town::Stage,
}

/// Fifty exchanges of two devices with a server whose disk is recorded; `spoil` may arm it on the way.
async fn fifty_exchanges(spoil: impl Fn(&Disk, usize)) -> ServerRun {
    let town = Town::founded().await;
    let stage = town.copy(&[SERVER, INGRID, AASE]);
    let data = stage.home(SERVER).canonicalize().unwrap();
    let disk = Arc::new(Disk::under(&data));
    disk.record();
    let mut served = stage.serve().await;
    let (mut heard, answers) = (Vec::new(), Answers::default());
    for number in 0..OPERATIONS {
        if number % 17 == 16 {
            served.end().await.unwrap();
            served = stage.serve().await;
        }
        let name = if number % 3 == 0 { INGRID } else { AASE };
        let home = stage.home(name);
        // A device's own disk costs the test time and is not what it is about.
        let _its_disk = Disk::under(&home);
        let way = served.reached_by(&town.http);
        let (told, before, told_of) = (Arc::clone(&disk), heard.len(), Arc::clone(&answers));
        let mine = Arc::new(Mutex::new(before));
        way.on_answer(move |count| {
            let mut mine = mine.lock().unwrap();
            *mine += count;
            told_of.lock().unwrap().push(*mine);
            told.answered();
        });
        let app = feltbog_app::App::new(open(&home).unwrap(), way.clone());
        app.with(|d| d.log_entry(&contact(&format!("{name} {number} {}", "ord ".repeat(number * 10))))).unwrap();
        spoil(&disk, number);
        let exchanged = app.exchange().await;
        if disk.heal() {
            // It stops by itself at a commit that fails, and is started again by whoever runs it.
            let _ = served.end().await;
            served = stage.serve().await;
        } else {
            exchanged.unwrap();
        }
        heard.extend(way.heard());
    }
    served.end().await.unwrap();
    let recording = disk.recorded();
    drop(disk);
    let rows = audit_server(&data);
    let answers = answers.lock().unwrap().clone();
    ServerRun { recording, from: data, heard, answers, rows, _stage: stage }
}

impl ServerRun {
    /// The log found after each cut is a beginning of the whole one, and holds everything that was answered for.
    fn survives_everywhere(&self) -> usize {
        let heard_by = |answered: usize| answered.checked_sub(1).map_or(0, |last| self.answers[last]);
        cut_everywhere(&self.recording, &self.from, |data, answered, told| {
            let rows = audit_server(data);
            assert_eq!(self.rows[..rows.len()], rows, "{told}: another log");
            for result in &self.heard[..heard_by(answered)] {
                let seq = usize::try_from(result.seq.unwrap()).unwrap();
                let row = rows.get(seq - 1).unwrap_or_else(|| panic!("{told}: row {seq} had a receipt and is gone"));
                assert_eq!(row.2, i64::try_from(result.dseq).unwrap(), "{told}");
            }
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_gave_a_receipt_for_survives_a_power_cut_at_every_sync() {
    let run = fifty_exchanges(|_, _| {}).await;
    assert!(run.heard.len() >= OPERATIONS);
    let cuts = run.survives_everywhere();
    eprintln!("{cuts} cuts");
    assert!(cuts > 50 * 8, "{cuts}");
    // And it serves again, from any of them: here from the last, with everything not synced lost.
    let last = run.recording.moments().pop().unwrap();
    let folder = found(&last.cut(Cut::DropAll, &mut Chance::of(1)), &run.from);
    Served::begin(folder.path()).await.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_sync_fails_once_keeps_every_receipt_through_a_power_cut_at_every_sync_after_it() {
    let run = fifty_exchanges(|disk, number| {
        if number % 5 == 2 {
            let nth = 1 + number as u64 / 5 % 3;
            disk.arm(Fault { nth, failure: Failure::Sync, lasting: Lasting::Once });
        }
    })
    .await;
    let cuts = run.survives_everywhere();
    assert!(cuts > 50 * 8, "{cuts}");
}
