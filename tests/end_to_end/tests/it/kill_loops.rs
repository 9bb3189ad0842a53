//! `kill -9` again and again, hundreds of times: of devices that write, of a server under load, of migrations.
//!
//! `FELTBOG_KILLS` raises the counts: it is the number of kills of a writing device, and the other loops keep their
//! share of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use feltbog_harness::{Chance, Device, World, entries, feltbog_server};
use feltbog_power::make_cheap;
use serde_json::Value;

use crate::killing::{CASE, holds, rows_are_unbroken, world_with_case};
use crate::support::{agree, is_quiet, kill_at};

/// Kills of a writing device where nothing else is asked for.
const KILLS: u32 = 500;

fn kills(of_five_hundred: u32) -> u32 {
    let asked = std::env::var("FELTBOG_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
    (asked * of_five_hundred / 500).max(1)
}

/// A device whose passphrase costs nothing, so that the kills fall into the work and not into the key.
fn quick(device: Device) -> Device {
    make_cheap(&device.home().join("feltbog.key"), device.passphrase().as_bytes());
    device
}

/// How long something takes, and a little more: any moment of it may be the last. Nothing is judged by it.
fn moments_of(work: impl Fn()) -> Duration {
    let begun = Instant::now();
    for _ in 0..5 {
        work();
    }
    begun.elapsed() / 4
}

/// When a command is killed: about as often before its answer as after it, on a quick computer and on one whose disk is
/// busy with something else. A window that was measured once and kept would miss one of the two there.
struct Window(Duration);

impl Window {
    /// It was heard to the end: sooner next time.
    fn was_answered(&mut self) {
        self.0 = (self.0 * 7 / 8).max(Duration::from_millis(1));
    }

    /// It was cut off: later next time.
    fn was_cut_off(&mut self) {
        self.0 = (self.0 * 8 / 7).min(Duration::from_secs(20));
    }
}

#[test]
fn hundreds_of_kills_of_a_device_that_writes_lose_nothing_it_answered_for() {
    let (world, aase) = world_with_case();
    let aase = quick(aase);
    let (mut acknowledged, mut attempted) = (Vec::new(), BTreeSet::new());
    let mut chance = Chance::of(500);
    let mut window = Window(moments_of(|| drop(aase.status())) * 2);
    let kills = kills(500);
    for round in 0..kills {
        if round % 10 == 9 {
            kill_at(aase.spawn(&["sync"]), chance.moment(window.0));
            continue;
        }
        let note = format!("Runde {round}");
        attempted.insert(note.clone());
        let child = aase.spawn(&["log", CASE, "contact", "--note", &note, "--json"]);
        let (_, said) = kill_at(child, chance.moment(window.0));
        if let Ok(answer) = serde_json::from_str::<Value>(&said) {
            acknowledged.push((answer["entry"].as_str().unwrap().to_owned(), note));
            window.was_answered();
        } else {
            window.was_cut_off();
        }
        if round % 100 == 99 {
            holds(&aase, &acknowledged, &attempted);
        }
    }
    holds(&aase, &acknowledged, &attempted);
    let there = entries(&aase.show(CASE)).len();
    // The kills fell everywhere: before the save, between save and answer or after it.
    assert!(there < attempted.len(), "no kill came before a save");
    assert!(!acknowledged.is_empty(), "every kill came before the answer");
    eprintln!("{kills} kills: {there} saved, {} of them answered for", acknowledged.len());
    world.exchange_twice(&[&aase]);
    holds(world.leader(), &acknowledged, &attempted);
    agree(CASE, &["employment"], &[&aase, world.leader()]);
    is_quiet(&aase);
    rows_are_unbroken(&world);
}

/// Four consultants with a case each.
fn four(world: &World) -> Vec<(Device, String)> {
    let names = ["Åse Møller", "Astrid Overgaard", "Bente Lund", "Carl Holm"];
    let team: Vec<Device> = names.iter().map(|name| world.consultant(name)).collect();
    world.exchange_twice(&team.iter().collect::<Vec<_>>());
    let with_case = |(number, device): (usize, Device)| {
        let case = format!("SYD-{number}");
        device.json(&["case", "new", "--number", &case, "--name", "Borger"]);
        device.sync();
        (quick(device), case)
    };
    (1..).zip(team).map(with_case).collect()
}

/// Logs and sends until told to stop; how many entries it wrote.
fn keep_sending(device: &Device, case: &str, round: u32, over: &AtomicBool) -> usize {
    let mut count = 0;
    while !over.load(Ordering::SeqCst) {
        device.log(case, "contact", &format!("{} {round} {count}", device.name()), &[]);
        count += 1;
        let ran = device.run(&["sync", "--json"]);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
    }
    count
}

#[test]
fn a_server_killed_under_the_load_of_four_devices_honours_every_receipt() {
    let mut world = World::new();
    let team = four(&world);
    let mut chance = Chance::of(200);
    let mut written = vec![0; team.len()];
    let mut known: Vec<Value> = Vec::new();
    let kills = kills(20);
    for round in 0..kills {
        let over = AtomicBool::new(false);
        let moment = chance.moment(Duration::from_millis(400));
        thread::scope(|scope| {
            let over = &over;
            let senders: Vec<_> = team
                .iter()
                .map(|(device, case)| scope.spawn(move || keep_sending(device, case, round, over)))
                .collect();
            let (_never, nobody) = std::sync::mpsc::channel::<()>();
            let _ = nobody.recv_timeout(moment);
            world.kill_server();
            world.server_up();
            over.store(true, Ordering::SeqCst);
            for (total, sender) in written.iter_mut().zip(senders) {
                *total += sender.join().unwrap();
            }
        });
        // What was in the log at the end of the last round is there, unchanged.
        let rows = world.server().rows();
        assert_eq!(rows[..known.len()], known, "round {round}");
        known = rows;
    }
    world.exchange_twice(&team.iter().map(|(device, _)| device).collect::<Vec<_>>());
    for ((device, case), written) in team.iter().zip(&written) {
        let page = device.show(case);
        assert_eq!(entries(&page).len(), *written);
        assert!(entries(&page).iter().all(|entry| entry["state"] == "sent"));
        agree(case, &["employment"], &[device, world.leader()]);
        is_quiet(device);
    }
    eprintln!("{kills} kills under {} entries", written.iter().sum::<usize>());
    rows_are_unbroken(&world);
}

fn init(data: &Path) -> Command {
    let mut command = Command::new(feltbog_server());
    command.args(["init", "--json", "--tenant", "Testkommunen", "--data"]).arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn a_store_whose_making_was_killed_is_made_by_the_next_try() {
    let mut chance = Chance::of(20);
    let whole = tempfile::tempdir().unwrap();
    let number = std::sync::atomic::AtomicU32::new(0);
    let a_while = moments_of(|| {
        let data = whole.path().join(number.fetch_add(1, Ordering::Relaxed).to_string());
        assert!(init(&data).output().unwrap().status.success());
    });
    for round in 0..kills(40) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let (_, said) = kill_at(init(&data).spawn().unwrap(), chance.moment(a_while));
        let again = init(&data).output().unwrap();
        let refused = String::from_utf8_lossy(&again.stderr).into_owned();
        // Made before it was killed: then another name is asked for, and the store is whole.
        assert!(again.status.success() || refused.contains("exists"), "round {round}: {said} {refused}");
        let rows = Command::new(feltbog_server()).args(["log", "--json", "--data"]).arg(&data).output().unwrap();
        assert!(rows.status.success(), "round {round}: {rows:?}");
    }
}

/// A home as the first version left it: its tables, an identity, a key file that costs nothing.
fn first_home(device: &Device) {
    let home = device.home();
    std::fs::create_dir_all(home).unwrap();
    let (file, local) = feltbog_sealing::KeyFile::create(device.passphrase().as_bytes()).unwrap();
    std::fs::write(home.join("feltbog.key"), file.to_bytes()).unwrap();
    make_cheap(&home.join("feltbog.key"), device.passphrase().as_bytes());
    let connection = rusqlite::Connection::open(home.join("feltbog.db")).unwrap();
    let hex: String = local.database().expose().iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{hex}'\"")).unwrap();
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    connection.execute_batch(include_str!("../../../../core/store/migrations/0001_initial.sql")).unwrap();
    connection.execute_batch("PRAGMA user_version = 1").unwrap();
    let put = |key: &str, value: &[u8]| {
        connection.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", (key, value)).unwrap();
    };
    for (key, len) in
        [("tenant", 16), ("device", 16), ("member", 16), ("root", 32), ("sign_seed", 32), ("wrap_seed", 32)]
    {
        put(key, &vec![7; len]);
    }
    put("url", b"http://127.0.0.1:1");
    put("name", "Åse Møller".as_bytes());
}

#[test]
fn a_device_killed_while_it_is_brought_up_to_date_is_up_to_date_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut chance = Chance::of(40);
    let number = std::sync::atomic::AtomicU32::new(0);
    let fresh = || {
        let device = Device::at(folder.path(), &format!("hjem-{}", number.fetch_add(1, Ordering::Relaxed)));
        first_home(&device);
        device
    };
    let device = fresh();
    let begun = Instant::now();
    let whole = device.status();
    let a_while = begun.elapsed() * 5 / 4;
    for _ in 0..kills(40) {
        let device = fresh();
        kill_at(device.spawn(&["status"]), chance.moment(a_while));
        assert_eq!(device.status()["unsent"], whole["unsent"]);
    }
}
