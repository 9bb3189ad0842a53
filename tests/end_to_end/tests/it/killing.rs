//! `kill -9` at any moment: what was answered is there, once, and what was not may be.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use feltbog_harness::{Chance, Cut, Device, World, entries};

use crate::support::{AASE, Pair, SHARED_CASE, agree, is_quiet, kill_at, rows_of_work};

pub const CASE: &str = "SYD-1";

pub fn world_with_case() -> (World, Device) {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    aase.json(&["case", "new", "--number", CASE, "--name", "Bo Bak"]);
    (world, aase)
}

/// Every acknowledged entry is there once under its id; every entry there is one that was written, once.
pub fn holds(device: &Device, acknowledged: &[(String, String)], attempted: &BTreeSet<String>) {
    let page = device.show(CASE);
    let mut seen = BTreeSet::new();
    for entry in entries(&page) {
        let note = entry["note"].as_str().unwrap();
        assert!(seen.insert(note), "{}: twice: {note}", device.name());
        assert!(attempted.contains(note), "{}: nobody wrote {note}", device.name());
    }
    for (id, note) in acknowledged {
        let found: Vec<_> = entries(&page).iter().filter(|entry| entry["entry"] == id.as_str()).collect();
        assert_eq!(found.len(), 1, "{}: {note}", device.name());
        assert_eq!(found[0]["note"], note.as_str());
    }
}

#[test]
fn entries_logged_by_commands_that_are_killed_at_any_moment_are_there_once_or_not_at_all() {
    let (world, aase) = world_with_case();
    let mut chance = Chance::of(4);
    let (mut acknowledged, mut attempted) = (Vec::new(), BTreeSet::new());
    for round in 0..24 {
        let note = format!("Runde {round}");
        attempted.insert(note.clone());
        let child = aase.spawn(&["log", CASE, "contact", "--note", &note, "--json"]);
        let (_, said) = kill_at(child, chance.moment(Duration::from_millis(140)));
        // An answer that was heard counts, even if the process was killed right after it.
        if let Ok(answer) = serde_json::from_str::<serde_json::Value>(&said) {
            acknowledged.push((answer["entry"].as_str().unwrap().to_owned(), note));
        }
        if round % 6 == 5 {
            holds(&aase, &acknowledged, &attempted);
        }
    }
    holds(&aase, &acknowledged, &attempted);
    world.exchange_twice(&[&aase]);
    holds(world.leader(), &acknowledged, &attempted);
    agree(CASE, &["employment"], &[&aase, world.leader()]);
    is_quiet(&aase);
}

#[test]
fn entries_sent_to_a_host_that_is_killed_again_and_again_are_there_once_or_not_at_all() {
    let (world, aase) = world_with_case();
    let mut chance = Chance::of(12);
    let (mut acknowledged, mut attempted) = (Vec::new(), BTreeSet::new());
    for round in 0..12 {
        let host = aase.open();
        let moment = chance.moment(Duration::from_millis(60));
        let (heard, tried) = thread::scope(|scope| {
            let (first_heard, first) = std::sync::mpsc::channel();
            let host = &host;
            let writing = scope.spawn(move || {
                let (mut heard, mut tried) = (Vec::new(), Vec::new());
                for number in 0.. {
                    let note = format!("Runde {round}, nummer {number}");
                    tried.push(note.clone());
                    let Some(id) = host.log(CASE, "contact", &note) else { return (heard, tried) };
                    heard.push((id, note));
                    let _ = first_heard.send(());
                }
                (heard, tried)
            });
            // At least one entry, then any moment.
            first.recv().unwrap();
            let (_never, nobody) = std::sync::mpsc::channel::<()>();
            let _ = nobody.recv_timeout(moment);
            host.kill_from_afar();
            writing.join().unwrap()
        });
        host.kill();
        assert!(!heard.is_empty());
        acknowledged.extend(heard);
        attempted.extend(tried);
        holds(&aase, &acknowledged, &attempted);
    }
    world.exchange_twice(&[&aase]);
    holds(world.leader(), &acknowledged, &attempted);
    agree(CASE, &["employment"], &[&aase, world.leader()]);
    is_quiet(&aase);
}

#[test]
fn a_server_killed_while_devices_send_loses_nothing_it_has_a_receipt_for_and_takes_nothing_twice() {
    let mut pair = Pair::new();
    let mut chance = Chance::of(8);
    let mut written = [0, 0];
    for round in 0..8 {
        let over = AtomicBool::new(false);
        let kill_after = chance.moment(Duration::from_millis(250));
        let devices = [pair.aase.clone(), pair.erik.clone()];
        thread::scope(|scope| {
            let over = &over;
            let senders: Vec<_> = devices
                .iter()
                .map(|device| {
                    scope.spawn(move || {
                        let mut count = 0;
                        while !over.load(Ordering::SeqCst) {
                            let note = format!("{} {round} {count}", device.name());
                            device.log(SHARED_CASE, "contact", &note, &["--shared"]);
                            count += 1;
                            // Whether the server is there or not, in the middle of it or not.
                            let ran = device.run(&["sync", "--json"]);
                            assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
                        }
                        count
                    })
                })
                .collect();
            let (_never, nobody) = std::sync::mpsc::channel::<()>();
            let _ = nobody.recv_timeout(kill_after);
            pair.world.kill_server();
            pair.world.server_up();
            over.store(true, Ordering::SeqCst);
            for (total, sender) in written.iter_mut().zip(senders) {
                *total += sender.join().unwrap();
            }
        });
    }
    pair.exchange_twice();
    agree(SHARED_CASE, &["shared"], &[&pair.aase, &pair.erik, pair.leader()]);
    let page = pair.leader().show(SHARED_CASE);
    let notes: BTreeSet<&str> = entries(&page).iter().map(|entry| entry["note"].as_str().unwrap()).collect();
    assert_eq!(entries(&page).len(), written[0] + written[1]);
    assert_eq!(notes.len(), entries(&page).len());
    for device in [&pair.aase, &pair.erik, pair.leader()] {
        is_quiet(device);
        assert!(entries(&device.show(SHARED_CASE)).iter().all(|entry| entry["state"] == "sent"));
    }
    rows_are_unbroken(&pair.world);
}

#[test]
fn an_exchange_that_is_killed_again_and_again_is_completed_by_the_next() {
    let (world, aase) = world_with_case();
    for number in 0..20 {
        aase.log(CASE, "contact", &format!("Nummer {number}"), &[]);
    }
    let mut chance = Chance::of(3);
    for _ in 0..12 {
        kill_at(aase.spawn(&["sync"]), chance.moment(Duration::from_millis(160)));
        assert_eq!(entries(&aase.show(CASE)).len(), 20);
    }
    let newcomer = world.member("Dorte Kjær", "deputy");
    world.exchange_twice(&[&aase]);
    for _ in 0..12 {
        kill_at(newcomer.spawn(&["sync"]), chance.moment(Duration::from_millis(160)));
    }
    world.exchange_twice(&[&aase, &newcomer]);
    agree(CASE, &["employment"], &[&aase, world.leader(), &newcomer]);
    assert_eq!(entries(&newcomer.show(CASE)).len(), 20);
    for device in [&aase, world.leader(), &newcomer] {
        is_quiet(device);
    }
    rows_are_unbroken(&world);
}

#[test]
fn an_import_that_is_killed_is_in_whole_or_not_at_all() {
    let world = World::new();
    let folder = crate::support::small_programme().write(&world.folder().join("csv"));
    let path = folder.to_str().unwrap();
    let mut chance = Chance::of(9);
    for _ in 0..8 {
        kill_at(world.leader().spawn(&["import", path]), chance.moment(Duration::from_millis(300)));
        let cases = world.leader().cases();
        assert!(matches!(cases.len(), 0 | 5), "{cases:?}");
        for case in &cases {
            assert_eq!(entries(&world.leader().show(case["number"].as_str().unwrap())).len(), 3);
        }
    }
    world.leader().json(&["import", path]);
    assert_eq!(world.leader().cases().len(), 5);
}

#[test]
fn a_lost_receipt_is_asked_for_again_and_nothing_is_taken_twice() {
    let (world, aase) = world_with_case();
    aase.sync();
    let entry = aase.log(CASE, "contact", "Sendt, men uden svar", &[]);
    for lost in [Cut::Reply(0), Cut::Reply(1), Cut::Reply(60), Cut::Reply(300), Cut::Request(0), Cut::Request(400)] {
        world.wire().cut(&[lost]);
        let ran = aase.run(&["sync", "--json"]);
        if ran.code == Some(1) {
            assert!(ran.refused().contains("her stadig"), "{lost:?}");
        }
        assert_eq!(aase.show(CASE)["entries"][0]["entry"], entry.as_str());
    }
    world.wire().cut(&[]);
    let rows = rows_of_work(&world);
    aase.sync();
    assert!(rows_of_work(&world) <= rows + 1);
    assert_eq!(aase.show(CASE)["entries"][0]["state"], "sent");
    world.leader().sync();
    assert_eq!(entries(&world.leader().show(CASE)).len(), 1);
    is_quiet(&aase);
    rows_are_unbroken(&world);
}

/// Places in the log and in each device's own row of envelopes: no gap, nothing twice.
pub fn rows_are_unbroken(world: &World) {
    let rows = world.server().rows();
    let mut next: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for (at, row) in (1..).zip(&rows) {
        assert_eq!(row["seq"], at, "{row}");
        let expected = next.entry(row["device"].as_str().unwrap()).or_insert(0);
        *expected += 1;
        assert_eq!(row["dseq"], *expected, "{row}");
    }
}
