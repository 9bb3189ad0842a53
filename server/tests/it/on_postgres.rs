//! Several servers on one PostgreSQL. Run by `cargo xtask test`, which starts one; by hand with `FELTBOG_TEST_POSTGRES`.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use feltbog_domain::{FolderId, Rights};
use feltbog_harness::Chance;
use feltbog_protocol::{EnvelopeBytes, RefusalCode, SyncReply, SyncRequest, limits};
use feltbog_server::{Excerpt, show_log};

use crate::support::{
    Serving, TestDevice, TestServer, TestTenant, answer_of, content, fresh_id, grant, json, new_folder, now_ms,
};

const WRITERS: usize = 8;
const ENVELOPES: usize = 100;
const KILLS: usize = 25;
const MOST_PAGES: usize = 100;

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn two_processes_killed_at_random_under_eight_writers_skip_no_row_and_lose_nothing_that_was_answered_for() {
    let mut server = TestServer::in_database();
    let (mut writers, reader, tenant) = {
        let tenant = TestTenant::found(&server);
        let reader = tenant.founder.clone();
        let writers: Vec<_> = (0..WRITERS).map(|_| Writer::begin(&server, &tenant, &reader)).collect();
        (writers, reader, tenant.id)
    };
    server.stop();
    let pair = Pair::start(&server);
    let (tell, told) = mpsc::channel();
    let (tell_reader, reader_told) = mpsc::channel();
    let seen = thread::scope(|scope| {
        let pair = &pair;
        let running: Vec<_> = writers
            .iter_mut()
            .enumerate()
            .map(|(number, writer)| {
                let tell = [tell.clone(), tell_reader.clone()];
                scope.spawn(move || writer.write(pair, number, &tell))
            })
            .collect();
        drop((tell, tell_reader));
        let reading = scope.spawn(move || follow(&reader, pair, &reader_told));
        let mut chance = Chance::of(42);
        for _ in 0..KILLS {
            // So many are answered for, and then one of the two goes in the middle of whatever it does.
            let answered = told.iter().take(usize::try_from(1 + chance.below(24)).unwrap()).count();
            if answered == 0 {
                break;
            }
            pair.kill_one(&server, usize::try_from(chance.below(2)).unwrap());
        }
        running.into_iter().for_each(|writer| writer.join().unwrap());
        reading.join().unwrap()
    });
    let all =
        show_log(server.store(), &Excerpt { tenant: Some(tenant), after: 0, limit: 1_000_000, bytes: 0 }).unwrap();
    let numbers: Vec<u64> = all.iter().map(|row| row.seq).collect();
    assert_eq!(numbers, (1..=all.len() as u64).collect::<Vec<_>>(), "no number is missing");
    for writer in &writers {
        assert_eq!(writer.answered.len(), ENVELOPES);
        for (dseq, seq) in &writer.answered {
            let row = &all[usize::try_from(*seq).unwrap() - 1];
            assert_eq!((row.device, row.dseq), (writer.device.id, *dseq), "row {seq} is the one that was answered for");
        }
    }
    let content: BTreeSet<u64> = all.iter().filter(|row| row.kind == 1).map(|row| row.seq).collect();
    assert_eq!(seen, content, "whoever reads while others write is sent every row");
    let whole = server.run(&["verify", "--json"]);
    assert_eq!(json(&whole)["rows"], all.len() as u64, "every row holds against its hash");
}

/// A device, and what it was answered for: its own numbers and the rows they became.
struct Writer {
    device: TestDevice,
    folder: FolderId,
    answered: Vec<(u64, u64)>,
}

impl Writer {
    fn begin(server: &TestServer, tenant: &TestTenant<'_>, reader: &TestDevice) -> Self {
        let (mut device, folder) = (tenant.enrol_consultant(), fresh_id());
        let made = new_folder(&mut device, folder, tenant.programme);
        let granted = grant(&mut device, folder, reader.member, Rights::READ);
        assert_eq!(device.push(server, &[made, granted]), [RefusalCode::Ok, RefusalCode::Ok]);
        Self { device, folder, answered: Vec::new() }
    }

    /// Sends one after the other, each until it is answered for, to one process and then to the other.
    fn write(&mut self, pair: &Pair, first: usize, tell: &[Sender<()>; 2]) {
        for turn in first..first + ENVELOPES {
            let envelope = content(&mut self.device, self.folder, 300);
            let reply = (turn..).find_map(|turn| exchange(&self.device, pair.address(turn % 2), 0, &envelope)).unwrap();
            assert_eq!(reply.results[0].code, RefusalCode::Ok);
            self.answered.push((self.device.dseq, reply.results[0].seq.unwrap()));
            // Whoever listens may have heard enough.
            for listener in tell {
                let _ = listener.send(());
            }
        }
    }
}

/// Reads whenever something was answered for, from one process and then from the other, and once more after the last; the numbers of
/// all the content it was sent.
fn follow(device: &TestDevice, pair: &Pair, told: &Receiver<()>) -> BTreeSet<u64> {
    let (mut cursor, mut seen) = (0, BTreeSet::new());
    let mut read = |turn: usize| {
        let Some(reply) = exchange(device, pair.address(turn % 2), cursor, &[]) else { return true };
        assert!(reply.rows.iter().all(|row| row.seq > cursor), "a row came below the cursor");
        assert!(reply.cursor >= cursor, "the cursor went back");
        seen.extend(reply.rows.iter().filter(|row| row.envelope[5] == 1).map(|row| row.seq));
        cursor = reply.cursor;
        reply.more
    };
    for (turn, ()) in told.iter().enumerate() {
        read(turn);
    }
    assert!((0..MOST_PAGES).any(|turn| !read(turn)), "it never comes to an end");
    seen
}

/// One exchange; nothing where the process is gone or could not commit.
fn exchange(device: &TestDevice, address: SocketAddr, cursor: u64, envelope: &[u8]) -> Option<SyncReply> {
    let push = if envelope.is_empty() { Vec::new() } else { vec![EnvelopeBytes(envelope.to_vec())] };
    let request =
        SyncRequest { push, cursor, epoch: device.epoch, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let answer = device.try_post_signed(address, "/v1/sync", &feltbog_protocol::encode(&request), now_ms())?;
    match answer_of(&answer) {
        Ok(reply) => Some(reply),
        Err(refused) => {
            assert_eq!(refused.status, 503, "{refused:?}");
            None
        }
    }
}

/// Two processes on one store, each started anew when it was killed.
struct Pair([Mutex<(SocketAddr, Option<Serving>)>; 2]);

impl Pair {
    fn start(server: &TestServer) -> Self {
        Self([0, 1].map(|_| {
            let serving = server.serving();
            Mutex::new((serving.address, Some(serving)))
        }))
    }

    fn address(&self, which: usize) -> SocketAddr {
        self.0[which].lock().unwrap().0
    }

    fn kill_one(&self, server: &TestServer, which: usize) {
        // Dropped it is killed with SIGKILL. Others go on asking at its address meanwhile.
        drop(self.0[which].lock().unwrap().1.take());
        let serving = server.serving();
        *self.0[which].lock().unwrap() = (serving.address, Some(serving));
    }
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn a_server_whose_connection_is_cut_ends_with_a_sentence_and_the_next_one_has_everything() {
    let mut server = TestServer::in_database();
    let founder = TestTenant::found(&server).founder.clone();
    server.stop();
    let mut serving = server.serving();
    server.end_connections();
    let (status, log) = serving.ended();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("the connection to the database is gone"), "{log}");
    server.restart();
    assert_eq!(founder.pull(&server, 0).len(), 1);
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn a_store_of_the_version_before_is_taken_up_at_the_start_with_everything_in_it() {
    let mut server = TestServer::in_database();
    let founder = TestTenant::found(&server).founder;
    server.stop();
    server.ask("ALTER TABLE device DROP COLUMN build; UPDATE store_version SET version = version - 1");
    let before = server.ask("SELECT version FROM store_version");
    server.restart();
    assert_ne!(server.ask("SELECT version FROM store_version"), before);
    assert_eq!(founder.pull(&server, 0).len(), 1);
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn a_store_of_a_newer_program_is_refused_and_left_alone() {
    let mut server = TestServer::in_database();
    server.stop();
    server.ask("UPDATE store_version SET version = 99");
    let refused = server.run(&["log", "--json"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("version 99"), "{refused:?}");
    let refused = server.run(&["init", "--tenant", "Ny Kommune"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("version 99"), "{refused:?}");
    assert_eq!(server.ask("SELECT count(*) FROM tenant").trim(), "1");
    let looked = server.run(&["doctor", "--language", "en"]);
    let said = String::from_utf8_lossy(&looked.stdout);
    assert!(said.contains("version 99") && said.contains("Ask those who run PostgreSQL"), "{said}");
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn two_processes_that_make_the_store_at_once_make_one() {
    let mut server = TestServer::in_database();
    server.stop();
    server.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    let made = thread::scope(|scope| {
        let server = &server;
        let both = ["Halsbæk", "Nørrevig"].map(|name| scope.spawn(move || server.run(&["init", "--tenant", name])));
        both.map(|one| one.join().unwrap())
    });
    assert!(made.iter().all(|made| made.status.success()), "{made:?}");
    assert_eq!(server.ask("SELECT count(*) FROM tenant").trim(), "2");
    assert_eq!(server.ask("SELECT count(*) FROM store_version").trim(), "1");
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn keys_that_were_lost_come_from_their_backup_and_the_log_goes_on_under_a_new_epoch() {
    let mut server = TestServer::in_database();
    let founder = TestTenant::found(&server).founder.clone();
    let backups = tempfile::tempdir().unwrap();
    let to = backups.path().to_str().unwrap();
    let made = server.run(&["backup", "--to", to]);
    assert!(made.status.success(), "{made:?}");
    assert!(String::from_utf8_lossy(&made.stderr).contains("pg_dump"), "it says what it did not copy");
    server.stop();
    std::fs::remove_dir_all(server.data()).unwrap();
    let without = server.run(&["init", "--tenant", "Ny Kommune"]);
    assert!(String::from_utf8_lossy(&without.stderr).contains("receipt.key is missing"), "{without:?}");
    let restored = server.run(&["restore", "--from", to]);
    assert!(restored.status.success(), "{restored:?}");
    server.restart();
    let changed = founder.sync(&server, &SyncRequest { epoch: founder.epoch, ..SyncRequest::default() }).unwrap_err();
    assert_eq!(changed.problem.code, feltbog_protocol::ErrorCode::EpochChanged);
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn no_log_is_served_under_the_hands_of_a_restore_and_no_folder_belongs_to_two_logs() {
    let server = TestServer::in_database();
    let here = String::from_utf8_lossy(&server.run(&["restore"]).stderr).into_owned();
    assert!(here.contains("stop it first"), "{here}");
    // From another computer the folder's lock may not be seen; the database's is.
    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["receipt.key", "shred.db"] {
        std::fs::copy(server.data().join(name), elsewhere.path().join(name)).unwrap();
    }
    let there = server.run_with_keys(elsewhere.path(), &["restore"]);
    assert!(String::from_utf8_lossy(&there.stderr).contains("a server runs on this database"), "{there:?}");
    let unnamed = crate::support::run(server.data(), &["log"]);
    assert!(String::from_utf8_lossy(&unnamed.stderr).contains("--database"), "{unnamed:?}");
    std::fs::write(server.data().join("feltbog.db"), "").unwrap();
    let two = server.run(&["init", "--tenant", "Ny Kommune"]);
    assert!(String::from_utf8_lossy(&two.stderr).contains("a log in a file"), "{two:?}");
}

#[test]
#[ignore = "asks for a PostgreSQL: cargo xtask test"]
fn a_password_stands_in_no_message() {
    let home = tempfile::tempdir().unwrap();
    for address in [
        "postgres://feltbog:hemmelig@127.0.0.1:1/feltbog",
        "postgres://feltbog:hemmelig@127.0.0.1:x/feltbog",
        "postgres://feltbog:hemmelig@?",
    ] {
        let refused = crate::support::run(home.path(), &["init", "--tenant", "By", "--database", address]);
        assert!(!refused.status.success(), "{address}");
        let said = [refused.stdout, refused.stderr].concat();
        assert!(!String::from_utf8_lossy(&said).contains("hemmelig"), "{address}");
    }
}
