//! The command line as scripts meet it: documents, exit codes, and what is typed wrong.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use feltbog_harness::{World, feltbog_server};
use serde_json::Value;

use crate::support::{AASE, CVR, Pair, SHARED_CASE, small_programme};

/// What a value must be.
fn fits(value: &Value, shape: &str) -> bool {
    shape.split('|').any(|kind| match kind {
        "text" => value.is_string(),
        "id" => value.as_str().is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())),
        "number" => value.is_u64(),
        "yes" => value.is_boolean(),
        "list" => value.is_array(),
        "map" => value.is_object(),
        "null" => value.is_null(),
        "day" => value.as_str().is_some_and(|day| day.len() == 10 && day.as_bytes()[4] == b'-'),
        "time" => value
            .as_str()
            .is_some_and(|time| time.len() == 25 && time.as_bytes()[10] == b'T' && time.as_bytes()[22] == b':'),
        word => value == word,
    })
}

fn has(document: &Value, shape: &[(&str, &str)]) {
    for (key, kind) in shape {
        let value = document.get(key).unwrap_or_else(|| panic!("no {key} in {document}"));
        assert!(fits(value, kind), "{key} is no {kind}: {document}");
    }
}

#[test]
fn every_document_has_the_keys_that_were_promised() {
    let pair = Pair::new();
    let logged = pair.aase.json(&[
        "log",
        SHARED_CASE,
        "employer_visit",
        "--note",
        "Besøg",
        "--employer",
        CVR[0],
        "--place",
        "Havnen",
        "--minutes",
        "45",
        "--outcome",
        "interesseret",
    ]);
    has(&logged, &[("entry", "id"), ("state", "local_only")]);
    let case: &[(&str, &str)] = &[
        ("case", "id"),
        ("number", SHARED_CASE),
        ("name", "Marianne Prøvesen"),
        ("phase", "text"),
        ("enrolled_on", "day"),
        ("last_contact", "time|null"),
        ("signals", "list"),
    ];
    has(&pair.aase.cases()[0], case);
    let page = pair.aase.show(SHARED_CASE);
    has(&page, &[("case", "map"), ("entries", "list")]);
    has(&page["case"], case);
    has(
        &page["entries"][0],
        &[
            ("entry", "id"),
            ("kind", "employer_visit"),
            ("at", "time"),
            ("minutes", "number"),
            ("employer", CVR[0]),
            ("place", "text"),
            ("outcome", "text"),
            ("note", "text"),
            ("folder", "employment"),
            ("authors", "list"),
            ("state", "local_only"),
            ("conflicts", "map"),
        ],
    );
    has(&pair.aase.search(&["besøg"])[0], &[("entry", "id"), ("case", "id"), ("snippet", "text")]);
    has(
        &pair.aase.status(),
        &[
            ("unsent", "number"),
            ("oldest_unsent_hours", "number|null"),
            ("quarantined", "number"),
            ("cursor", "number"),
            ("device", "id"),
            ("member", "text"),
            ("role", "consultant"),
        ],
    );
    let synced = pair.aase.sync();
    has(
        &synced,
        &[
            ("sent", "number"),
            ("received", "number"),
            ("refused", "list"),
            ("unsent", "number"),
            ("bytes_up", "number"),
            ("bytes_down", "number"),
            ("turnarounds", "number"),
            ("head", "number"),
        ],
    );
    assert_eq!(pair.aase.show(SHARED_CASE)["entries"][0]["state"], "sent");
    let invited = pair.leader().json(&["invite", "--name", "Ny", "--role", "outreach"]);
    assert!(invited["invitation"].as_str().unwrap().starts_with("feltbog:"));
    let devices = pair.leader().json(&["devices"]);
    assert_eq!(devices.as_array().unwrap().len(), 3);
    for device in devices.as_array().unwrap() {
        has(device, &[("device", "id"), ("member", "text"), ("last_seen", "time|null"), ("state", "text")]);
    }
    for member in pair.leader().json(&["members"]).as_array().unwrap() {
        has(member, &[("member", "id"), ("name", "text"), ("roles", "list")]);
    }
    let folder = small_programme().case_text("skæv").write(&pair.world.folder().join("csv"));
    let report = pair.leader().run(&["import", folder.to_str().unwrap(), "--json"]).json();
    has(&report, &[("added", "map"), ("unchanged", "number"), ("refused", "list")]);
    has(&report["added"], &[("cases", "number"), ("entries", "number"), ("employers", "number")]);
    has(&report["refused"][0], &[("file", "forloeb.csv"), ("line", "number"), ("field", "text"), ("reason", "text")]);
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let pair = Pair::new();
    let home = pair.aase.home().to_str().unwrap();
    for words in [
        &["--json", "--home", home, "cases"][..],
        &["cases", "--home", home, "--json"],
        &["--home", home, "cases", "--json"],
        &["--json", "show", SHARED_CASE],
        &["show", "--json", SHARED_CASE],
    ] {
        assert!(pair.aase.run(words).done().json().is_array() || words.contains(&"show"), "{words:?}");
    }
}

#[test]
fn wrong_use_is_two_and_says_what_and_changes_nothing() {
    let pair = Pair::new();
    let before = pair.aase.status();
    for words in [
        &[][..],
        &["kaffe"],
        &["log"],
        &["log", SHARED_CASE],
        &["show"],
        &["note", "x"],
        &["search"],
        &["case"],
        &["case", "new"],
        &["cases", "ekstra"],
        &["--hjem"],
        &["log", SHARED_CASE, "note", "--minutes", "mange"],
        &["log", SHARED_CASE, "note", "--minutes", "-1"],
        &["log", SHARED_CASE, "note", "--face-to-face", "måske"],
        &["invite", "--name", "X", "--role", "konge"],
        &["assign", SHARED_CASE, "--member", "X", "--as", "leader"],
        &["open", "--port", "70000"],
        &["sync", "--json", "--json=1"],
    ] {
        let ran = pair.aase.run(words);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:#?}");
        assert!(!ran.stderr.is_empty(), "{ran:#?}");
    }
    let not_text = OsStr::from_bytes(b"SYD\xff\xfe");
    for words in [
        vec![OsStr::new("show"), not_text],
        vec![not_text],
        vec![OsStr::new("log"), OsStr::new(SHARED_CASE), OsStr::new("note"), OsStr::new("--note"), not_text],
    ] {
        let ran = pair.aase.run_os(&words);
        assert!(matches!(ran.code, Some(1 | 2)) && ran.stdout.is_empty(), "{ran:#?}");
    }
    assert_eq!(pair.aase.status(), before);
    for words in [&["--help"][..], &["--version"], &["log", "--help"]] {
        pair.aase.run(words).done();
    }
}

#[test]
fn a_refusal_is_a_document_too_and_the_sentence_stays_on_standard_error() {
    let pair = Pair::new();
    let ran = pair.aase.run(&["show", "FINDES-IKKE", "--json"]);
    let document = ran.json();
    assert_eq!(document["refused"]["code"], "unknown_case");
    assert_eq!(document["refused"]["message"].as_str().unwrap(), ran.refused());
}

#[test]
fn a_reader_who_goes_away_is_no_catastrophe() {
    let pair = Pair::new();
    for words in [&["show", SHARED_CASE][..], &["cases", "--json"], &["--help"], &["status"]] {
        let mut child = pair.aase.command().args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(!String::from_utf8(output.stderr).unwrap().contains("panicked"), "{words:?}");
    }
}

#[test]
fn strange_names_and_numbers_are_kept_or_refused_but_never_garbled() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    let numbers = ["2026/17 b", "'; DROP TABLE entry; --", "æøå-🙂", "-1", "0", "x".repeat(300).leak()];
    for number in numbers {
        let ran = aase.run(&["case", "new", &format!("--number={number}"), "--name", "D'Arc \"Jeanne\" <b>", "--json"]);
        if ran.code == Some(1) {
            ran.refused();
            continue;
        }
        let case = ran.done().json();
        let page = aase.run(&["show", "--json", "--", number]).done().json();
        assert_eq!((&page["case"]["case"], page["case"]["number"].as_str()), (&case["case"], Some(number)));
        assert_eq!(page["case"]["name"], "D'Arc \"Jeanne\" <b>");
    }
    for (number, name) in [("", "Bo"), ("  ", "Bo"), ("-", "Bo"), ("N-1", ""), ("N-2", " \t ")] {
        aase.refused(&["case", "new", &format!("--number={number}"), "--name", name]);
    }
    world.exchange_twice(&[&aase]);
    assert_eq!(world.leader().cases().len(), aase.cases().len());
}

#[test]
fn the_server_says_in_a_sentence_why_it_does_not_start() {
    let world = World::new();
    let serve = |data: &std::path::Path, listen: &str| {
        std::process::Command::new(feltbog_server())
            .args(["serve", "--listen", listen, "--data"])
            .arg(data)
            .output()
            .unwrap()
    };
    let taken = world.server().address().unwrap().to_string();
    for (data, listen) in [(world.folder().join("nothing"), "127.0.0.1:0"), (world.server().data(), taken.as_str())] {
        let output = serve(&data, listen);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(output.stdout.is_empty() && !said.trim().is_empty() && !said.contains("panicked"), "{said}");
    }
    world.leader().sync();
}
