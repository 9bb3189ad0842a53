//! What can be logged, and what is refused with the right question.

use feltbog_harness::{World, entries, the_entry};
use serde_json::json;

use crate::support::{AASE, ASTRID, CVR, ERIK, Pair, SHARED_CASE, is_quiet};

#[test]
fn a_word_that_means_two_things_asks_which() {
    let pair = Pair::new();
    for (word, codes) in
        [("jobsamtale", ["statutory_talk", "job_interview"]), ("opfølgning", ["workplace_support", "follow_along"])]
    {
        for written in [word.to_owned(), word.to_uppercase(), format!(" {word} ")] {
            let sentence = pair.aase.refused(&["log", SHARED_CASE, &written, "--note", "x"]);
            assert!(codes.iter().all(|code| sentence.contains(code)), "{sentence}");
        }
        for code in codes {
            pair.aase.log(SHARED_CASE, code, "Entydigt", &[]);
        }
    }
    assert_eq!(entries(&pair.aase.show(SHARED_CASE)).len(), 4);
    for (word, code) in
        [("virksomhedsbesøg", "employer_visit"), ("Ikke truffet", "not_reached"), ("employer-visit", "employer_visit")]
    {
        let entry = pair.aase.log(SHARED_CASE, word, "Ét ord", &[]);
        assert_eq!(the_entry(&pair.aase.show(SHARED_CASE), &entry)["kind"], code);
    }
}

#[test]
fn every_field_of_an_entry_comes_through_to_the_colleague() {
    let pair = Pair::new();
    let astrid = pair.world.consultant(ASTRID);
    pair.world.exchange_twice(&[&pair.aase, &astrid]);
    pair.aase.json(&["assign", SHARED_CASE, "--member", ASTRID, "--as", "consultant"]);
    let entry = pair.aase.log(
        SHARED_CASE,
        "employer_visit",
        "Kokken viste rundt",
        &[
            "--at",
            "02-03-2026 10:00",
            "--minutes",
            "45",
            "--employer",
            CVR[0],
            "--employer-name",
            "Vesterbro Kirke ApS",
            "--contact-person",
            "Sofie Jeppesen",
            "--place",
            "Vesterbrogade 40",
            "--outcome",
            "interesseret",
            "--face-to-face",
            "yes",
        ],
    );
    pair.world.exchange_twice(&[&pair.aase, &astrid]);
    for device in [&pair.aase, &astrid, pair.leader()] {
        let page = device.show(SHARED_CASE);
        let seen = the_entry(&page, &entry);
        for (field, value) in [
            ("kind", json!("employer_visit")),
            ("at", json!("2026-03-02T10:00:00+01:00")),
            ("minutes", json!(45)),
            ("employer", json!(CVR[0])),
            ("employer_name", json!("Vesterbro Kirke ApS")),
            ("contact_person", json!("Sofie Jeppesen")),
            ("place", json!("Vesterbrogade 40")),
            ("face_to_face", json!(true)),
            ("note", json!("Kokken viste rundt")),
            ("folder", json!("employment")),
            ("authors", json!([AASE])),
            ("state", json!("sent")),
            ("conflicts", json!({})),
        ] {
            assert_eq!(seen[field], value, "{}: {field}", device.name());
        }
        assert!(seen["outcome"].is_string(), "{seen}");
        assert_eq!(page["case"]["last_contact"], "2026-03-02T10:00:00+01:00");
    }
}

#[test]
fn wrong_fields_are_refused_and_nothing_is_saved() {
    let pair = Pair::new();
    let page = pair.aase.show(SHARED_CASE);
    for wrong in [
        &["--at", "31-02-2026 10:00"][..],
        &["--at", "i forgårs måske"],
        &["--at", "02-03-2026 25:10"],
        &["--minutes", "1441"],
        &["--employer", "12345678"],
        &["--employer", "9323610"],
        &["--employer", "abc"],
        &["--outcome", "fantastisk"],
    ] {
        pair.aase.refused(&[&["log", SHARED_CASE, "contact", "--note", "x"], wrong].concat());
    }
    for kind in ["kaffe", "", "unknown", "note note"] {
        pair.aase.refused(&["log", SHARED_CASE, kind, "--note", "x"]);
    }
    pair.aase.refused(&["log", "FINDES-IKKE", "note", "--note", "x"]);
    pair.aase.refused(&["note", "00000000000000000000000000000000", "--text", "x"]);
    pair.aase.refused(&["note", "ikke-et-id", "--text", "x"]);
    pair.aase.refused(&["assign", SHARED_CASE, "--member", "Ingen Nogen", "--as", "consultant"]);
    pair.aase.refused(&["assign", SHARED_CASE, "--member", ERIK, "--as", "consultant"]);
    assert_eq!(pair.aase.show(SHARED_CASE), page);
    is_quiet(&pair.aase);
}

#[test]
fn work_without_a_case_is_logged_and_seen_by_its_writer() {
    let pair = Pair::new();
    let entry = pair.aase.log("-", "canvassing", "Gik en runde på havnen", &["--minutes", "90"]);
    pair.aase.refused(&["log", "-", "treatment_meeting", "--note", "x"]);
    pair.aase.refused(&["log", "-", "note", "--note", "x", "--shared"]);
    pair.erik.log("-", "team_meeting", "Behandlingens eget møde", &[]);
    pair.exchange_twice();
    let page = pair.aase.show("-");
    assert_eq!((entries(&page).len(), the_entry(&page, &entry)["folder"].as_str()), (1, Some("own_work")));
    assert_eq!(pair.aase.search(&["havnen"]).len(), 1);
    assert!(pair.erik.search(&["havnen"]).is_empty() && pair.aase.search(&["behandlingens"]).is_empty());
    assert_eq!(entries(&pair.erik.show("-")).len(), 1);
    // What one side does on its own is no business of the other side's leader.
    assert!(pair.leader().search(&["behandlingens"]).is_empty());
    assert_eq!(pair.aase.cases().len(), 1);
    is_quiet(&pair.aase);
    is_quiet(&pair.erik);
}

#[test]
fn search_finds_words_as_they_sound_and_forgives_what_is_no_word() {
    let pair = Pair::new();
    pair.aase.log(SHARED_CASE, "note", "Prøvede køkkenet hos Åse på Ærø; blev træt", &[]);
    for words in
        [&["kokken"][..], &["køkkenet"], &["KØKKEN"], &["aase"], &["åse"], &["aero"], &["prov", "kok"], &["trae"]]
    {
        assert_eq!(pair.aase.search(words).len(), 1, "{words:?}");
    }
    for words in [&["køkken", "stue"][..], &["gulvet"], &["\""], &["*"], &["NEAR("], &["%"], &["text:prøvede"]] {
        assert!(pair.aase.search(words).is_empty(), "{words:?}");
    }
    let hit = &pair.aase.search(&["kokken"])[0];
    let snippet: Vec<u16> = hit["snippet"].as_str().unwrap().encode_utf16().collect();
    let place = |end: &str| usize::try_from(hit["marks"][0][end].as_u64().unwrap()).unwrap();
    assert_eq!(String::from_utf16(&snippet[place("start")..place("end")]).unwrap(), "køkkenet", "{hit}");
}

#[test]
fn a_citizens_name_is_found_by_search() {
    let pair = Pair::new();
    pair.aase.log(SHARED_CASE, "note", "Et notat uden navn", &[]);
    assert_eq!(pair.aase.search(&["marianne"]).len(), 1);
}

#[test]
fn search_finds_what_others_wrote_and_forgets_what_was_rewritten() {
    let pair = Pair::new();
    let entry = pair.erik.log(SHARED_CASE, "note", "Gartneriet ved søen", &["--shared"]);
    pair.exchange_twice();
    assert_eq!(pair.aase.search(&["gartneri"]).len(), 1);
    pair.erik.note(&entry, "Værkstedet ved søen");
    pair.exchange_twice();
    assert!(pair.aase.search(&["gartneri"]).is_empty());
    assert_eq!(pair.aase.search(&["værksted"])[0]["entry"], entry.as_str());
}

#[test]
fn phases_and_signals_follow_what_was_logged() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak", "--enrolled", "01-01-2020"]);
    let signals = |wanted: &str| aase.cases()[0]["signals"].as_array().unwrap().iter().any(|s| s["kind"] == wanted);
    assert!(signals("first_employer_contact"));
    let late = &aase.show("NY-1")["case"]["signals"][0];
    assert_eq!((&late["kind"], &late["due"]), (&"first_employer_contact".into(), &"2020-01-31".into()), "{late}");
    assert!(late["days_left"].as_i64().unwrap() < 0, "{late}");
    for key in ["text", "rule", "source", "source_kind"] {
        assert!(late[key].as_str().is_some_and(|text| !text.is_empty()), "{key} is missing in {late}");
    }
    aase.log("NY-1", "not_reached", "", &[]);
    assert_eq!(aase.cases()[0]["last_contact"], serde_json::Value::Null);
    aase.log("NY-1", "employer_contact", "Ringede", &["--face-to-face", "no"]);
    assert!(signals("first_employer_contact"));
    aase.log("NY-1", "employer_visit", "Var der", &["--employer", CVR[0]]);
    assert!(!signals("first_employer_contact"));
    aase.log("NY-1", "job_start", "Fik jobbet", &[]);
    assert_eq!(aase.cases()[0]["phase"], "job");
    assert!(signals("benefit_guidance") && !signals("placement"));
    assert_eq!(aase.json(&["status"])["caseload"]["active"], 1);
}
