//! `feltbog open`, and several commands at one home.

use std::thread;

use feltbog_harness::{entries, notes};
use serde_json::json;

use crate::support::{AASE, Pair, SHARED_CASE, is_quiet, small_programme};

#[test]
fn commands_say_the_same_through_a_running_host() {
    let pair = Pair::new();
    pair.aase.log(SHARED_CASE, "note", "Før åbningen", &["--shared"]);
    let commands: [&[&str]; 7] = [
        &["cases"],
        &["show", SHARED_CASE],
        &["search", "åbningen"],
        &["members"],
        &["devices"],
        &["show", "-"],
        &["status"],
    ];
    let direct: Vec<_> =
        commands.iter().map(|words| (pair.aase.run(words).done().stdout, pair.aase.json(words))).collect();
    // Nothing is sent by itself, so that the two can be compared.
    pair.world.wire().lead_to(None);
    let host = pair.aase.open();
    for (words, (text, document)) in commands.iter().zip(&direct).take(6) {
        assert_eq!(&pair.aase.run(words).done().stdout, text, "{words:?}");
        assert_eq!(&pair.aase.json(words), document, "{words:?}");
    }
    assert_eq!(pair.aase.refused(&["show", "FINDES-IKKE"]), "Der er ingen borger med det nummer her.");
    let entry = pair.aase.log(SHARED_CASE, "note", "Gennem værten", &[]);
    assert_eq!(host.call(&json!({ "type": "open_entry", "entry": entry })).unwrap()["entry"]["note"], "Gennem værten");
    host.stop();
    assert_eq!(entries(&pair.aase.show(SHARED_CASE)).len(), 2);
    assert!(!pair.aase.home().join("host.json").exists());
}

#[test]
fn a_wrong_passphrase_does_not_get_in_through_the_host() {
    let pair = Pair::new();
    let _host = pair.aase.open();
    let ran = pair.aase.with_passphrase("forkert").run(&["cases"]);
    assert!(ran.stdout.is_empty());
    assert!(ran.refused().contains("passer ikke"));
}

#[test]
fn a_host_that_was_killed_leaves_nothing_in_the_way() {
    let pair = Pair::new();
    let host = pair.aase.open();
    host.log(SHARED_CASE, "note", "Før døden").unwrap();
    host.kill();
    assert_eq!(notes(&pair.aase.show(SHARED_CASE)), ["Før døden"]);
    let host = pair.aase.open();
    assert_eq!(pair.aase.json(&["status"])["unsent"], host.call(&json!({ "type": "status" })).unwrap()["unsent"]);
}

#[test]
fn a_second_open_tells_the_address_of_the_first() {
    let pair = Pair::new();
    let host = pair.aase.open();
    let ran = pair.aase.run(&["open"]).done();
    assert_eq!(ran.stdout.trim(), format!("http://127.0.0.1:{}/#token={}", host.port(), host.token()));
}

#[test]
fn the_host_answers_nobody_without_the_token_and_no_foreign_page() {
    let pair = Pair::new();
    let host = pair.aase.open();
    let body = json!({ "type": "cases" }).to_string();
    let token = ("x-feltbog-token", host.token());
    assert_eq!(host.status_of(&[token], &body), 200);
    assert_eq!(host.status_of(&[], &body), 401);
    assert_eq!(host.status_of(&[("x-feltbog-token", "gæt")], &body), 401);
    assert_eq!(host.status_of(&[("cookie", &format!("token={}", host.token()))], &body), 401);
    assert_eq!(host.status_of(&[token, ("origin", "http://evil.example")], &body), 403);
    assert_eq!(host.status_of(&[token, ("host", "evil.example")], &body), 403);
    for nonsense in ["", "{}", "[]", "{\"type\":\"nonsense\"}", "{\"type\":\"show_case\"}", "\u{0}"] {
        assert_eq!(host.status_of(&[token], nonsense), 400, "{nonsense:?}");
    }
    assert_eq!(host.status_of(&[token], &" ".repeat(9 * 1024 * 1024)), 413);
    assert!(host.call(&json!({ "type": "cases" })).is_some());
}

#[test]
fn an_import_through_the_host_reads_the_callers_folder() {
    let world = feltbog_harness::World::new();
    let folder = small_programme().write(&world.folder().join("csv"));
    let _host = world.leader().open();
    let output = world.leader().command().args(["import", "."]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(world.leader().cases().len(), 5);
}

#[test]
fn many_commands_at_once_at_one_home_are_all_done() {
    let pair = Pair::new();
    let notes: Vec<String> = (0..12).map(|number| format!("På én gang {number}")).collect();
    for with_host in [false, true] {
        let _host = with_host.then(|| pair.aase.open());
        thread::scope(|scope| {
            for note in &notes {
                scope.spawn(|| pair.aase.log(SHARED_CASE, "note", note, &[]));
            }
            scope.spawn(|| pair.aase.cases());
            scope.spawn(|| pair.aase.run(&["sync"]).done());
        });
    }
    assert_eq!(entries(&pair.aase.show(SHARED_CASE)).len(), 24);
    pair.exchange_twice();
    assert_eq!(entries(&pair.leader().show(SHARED_CASE)).len(), 24);
    is_quiet(&pair.aase);
    is_quiet(pair.leader());
}

#[test]
fn an_editor_that_opened_the_note_before_the_other_saved_loses_nobodys_words() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "note", "Først.", &["--shared"]);
    pair.exchange_twice();
    let host = pair.aase.open();
    let opened = host.call(&json!({ "type": "open_entry", "entry": entry })).unwrap();
    pair.erik.note(&entry, "Først. Fra Erik.");
    pair.erik.sync();
    host.call(&json!({ "type": "sync" })).unwrap();
    let saved =
        host.call(&json!({ "type": "edit_note", "entry": entry, "text": "Fra Åse. Først.", "heads": opened["heads"] }));
    assert_eq!(saved.unwrap()["type"], "logged");
    let page = host.call(&json!({ "type": "open_entry", "entry": entry })).unwrap();
    assert_eq!(page["entry"]["note"], "Fra Åse. Først. Fra Erik.");
    for heads in [json!(["zz"]), json!(["00"]), json!(["00".repeat(32)])] {
        let reply =
            host.call(&json!({ "type": "edit_note", "entry": entry, "text": "Ødelagt", "heads": heads })).unwrap();
        assert_eq!(reply["type"], "refused", "{heads}: {reply}");
    }
    assert_eq!(
        host.call(&json!({ "type": "open_entry", "entry": entry })).unwrap()["entry"]["note"],
        "Fra Åse. Først. Fra Erik."
    );
    host.stop();
    assert_eq!(pair.aase.show(SHARED_CASE)["entries"][0]["authors"][0], AASE);
}
