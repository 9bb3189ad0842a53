//! Connections that break in the middle.

use feltbog_harness::{Chance, Cut, entries};

use crate::killing::rows_are_unbroken;
use crate::support::{AASE, Pair, SHARED_CASE, Team, agree, count_in, is_quiet};

#[test]
fn connections_cut_at_any_byte_delay_an_exchange_and_never_spoil_it() {
    let pair = Pair::new();
    let mut chance = Chance::of(17);
    for round in 0..10 {
        for device in [&pair.aase, &pair.erik] {
            device.log(SHARED_CASE, "contact", &format!("{} {round}", device.name()), &["--shared"]);
            let bytes = usize::try_from(chance.below(4_000)).unwrap();
            let cut = if chance.below(2) == 0 { Cut::Request(bytes) } else { Cut::Reply(bytes) };
            pair.world.wire().cut(&[cut]);
            let ran = device.run(&["sync", "--json"]);
            if ran.code == Some(1) {
                assert!(ran.refused().contains("her stadig"), "{cut:?}");
            }
        }
    }
    pair.world.wire().cut(&[]);
    pair.exchange_twice();
    agree(SHARED_CASE, &["shared"], &[&pair.aase, &pair.erik, pair.leader()]);
    assert_eq!(count_in(&pair.erik.show(SHARED_CASE), "shared"), 20);
    for device in [&pair.aase, &pair.erik, pair.leader()] {
        is_quiet(device);
    }
    rows_are_unbroken(&pair.world);
}

#[test]
fn a_new_device_whose_first_exchange_breaks_off_again_and_again_gets_everything_in_the_end() {
    let team = Team::new();
    let deputy = team.world.member("Dorte Kjær", "deputy");
    team.exchange_twice();
    let mut chance = Chance::of(21);
    for _ in 0..10 {
        team.world.wire().cut(&[Cut::Reply(usize::try_from(chance.below(12_000)).unwrap())]);
        let _ = deputy.run(&["sync"]);
    }
    team.world.wire().cut(&[]);
    deputy.sync();
    deputy.sync();
    for case in ["SYD-1", "SYD-2", "SYD-3", "SYD-4", "SYD-5"] {
        agree(case, &["employment", "shared"], &[team.leader(), &deputy]);
    }
    is_quiet(&deputy);
}

#[test]
fn while_the_server_is_away_everything_works_and_the_sentence_says_so() {
    let mut pair = Pair::new();
    pair.world.server_down();
    let entry = pair.aase.log(SHARED_CASE, "contact", "Uden net", &[]);
    pair.aase.note(&entry, "Uden net, rettet");
    assert_eq!(pair.aase.search(&["rettet"]).len(), 1);
    let sentence = pair.aase.refused(&["sync"]);
    assert!(sentence.contains("svarer ikke") && sentence.contains("her stadig"), "{sentence}");
    let status = pair.aase.status();
    assert_eq!((&status["unsent"], &status["oldest_unsent_hours"]), (&1.into(), &0.into()), "{status}");
    assert_eq!(status["waiting"][0]["entry"], entry.as_str());
    pair.world.server_up();
    assert_eq!(pair.aase.sync()["sent"], 1);
    is_quiet(&pair.aase);
    assert_eq!(pair.aase.show(SHARED_CASE)["entries"][0]["authors"][0], AASE);
}

#[test]
fn something_else_that_answers_at_the_address_is_no_server() {
    let pair = Pair::new();
    let web = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = web.local_addr().unwrap();
    pair.aase.log(SHARED_CASE, "contact", "Venter", &[]);
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello",
        "HTTP/1.1 302 Found\r\nlocation: http://example.org/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        "HTTP/1.1 500 Broken\r\ncontent-length: 4\r\nconnection: close\r\n\r\noops",
        "220 smtp ready\r\n",
        "",
    ] {
        let web = web.try_clone().unwrap();
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = web.accept().unwrap();
            let mut buffer = [0; 64 * 1024];
            let _ = std::io::Read::read(&mut stream, &mut buffer);
            let _ = std::io::Write::write_all(&mut stream, answer.as_bytes());
        });
        pair.world.wire().lead_to(Some(address));
        let sentence = pair.aase.refused(&["sync"]);
        assert!(sentence.contains("her stadig"), "{answer:?}: {sentence}");
        serving.join().unwrap();
    }
    pair.world.wire().lead_to(pair.world.server().address());
    pair.exchange_twice();
    assert_eq!(entries(&pair.leader().show(SHARED_CASE)).len(), 1);
    is_quiet(&pair.aase);
}
