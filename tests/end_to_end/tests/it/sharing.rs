//! Who sees what after a team has exchanged, and what two people wrote at once.

use feltbog_harness::{Device, entries, notes, numbers, the_entry};

use crate::support::{AASE, ERIK, Pair, SHARED_CASE, Team, agree, count_in, is_quiet};

#[test]
fn after_two_exchanges_everybody_has_exactly_their_own_cases_and_folders() {
    let team = Team::new();
    assert_eq!(numbers(&team.leader().cases()), ["SYD-1", "SYD-2", "SYD-3", "SYD-4", "SYD-5"]);
    assert_eq!(numbers(&team.aase.cases()), ["SYD-1", "SYD-2", "SYD-3"]);
    assert_eq!(numbers(&team.astrid.cases()), ["SYD-4", "SYD-5"]);
    assert_eq!(numbers(&team.erik.cases()), ["SYD-1", "SYD-2"]);
    assert_eq!(numbers(&team.niels.cases()), ["SYD-4"]);
    for case in team.aase.cases() {
        let page = team.aase.show(case["number"].as_str().unwrap());
        let shared = usize::from(case["number"] != "SYD-3");
        assert_eq!((count_in(&page, "employment"), count_in(&page, "shared")), (3 - shared, shared), "{page}");
    }
    for (device, case) in [(&team.erik, "SYD-1"), (&team.erik, "SYD-2"), (&team.niels, "SYD-4")] {
        let page = device.show(case);
        assert_eq!(entries(&page).len(), 1, "{page}");
        assert_eq!(entries(&page)[0]["kind"], "treatment_meeting");
        assert_eq!(entries(&page)[0]["folder"], "shared");
    }
    for device in [team.leader(), &team.aase, &team.astrid, &team.erik, &team.niels] {
        is_quiet(device);
    }
    agree("SYD-1", &["employment", "shared"], &[team.leader(), &team.aase]);
    agree("SYD-1", &["shared"], &[team.leader(), &team.aase, &team.erik]);
    agree("SYD-5", &["employment"], &[team.leader(), &team.astrid]);
}

#[test]
fn a_case_of_somebody_else_is_as_unknown_as_one_that_does_not_exist() {
    let team = Team::new();
    for (device, foreign) in
        [(&team.aase, "SYD-4"), (&team.erik, "SYD-4"), (&team.erik, "SYD-3"), (&team.niels, "SYD-5")]
    {
        for words in [
            &["show", "CASE"][..],
            &["log", "CASE", "note", "--note", "x"],
            &["log", "CASE", "note", "--note", "x", "--shared"],
            &["assign", "CASE", "--member", AASE, "--as", "consultant"],
            &["assign", "CASE", "--member", ERIK, "--as", "treatment"],
            &["consent", "CASE", "--types", "jobmål"],
        ] {
            let with = |case| words.iter().map(|word| if *word == "CASE" { case } else { *word }).collect::<Vec<_>>();
            assert_eq!(device.refused(&with(foreign)), device.refused(&with("SYD-99")), "{words:?}");
        }
        assert!(device.search(&["sag", &foreign[4..]]).is_empty());
    }
    // The words of a foreign case are nowhere, those of an own one are.
    assert!(team.erik.search(&["jobønsket"]).is_empty());
    assert_eq!(team.aase.search(&["jobønsket"]).len(), 3);
}

#[test]
fn twenty_entries_of_two_devices_and_a_note_both_wrote_meet_while_own_sides_stay_apart() {
    let mut pair = Pair::new();
    let common = pair.aase.log(SHARED_CASE, "network_meeting", "Start på fælles plan.", &["--shared"]);
    pair.exchange_twice();

    pair.world.server_down();
    // Ten commands each: a shared note edited three times in all, and nine or eight entries of their own or shared.
    pair.aase.note(&common, "Start på fælles plan. Beskæftigelsen ringer mandag.");
    pair.erik.note(&common, "Behandlingen har ordet. Start på fælles plan.");
    pair.erik.note(&common, "Behandlingen har ordet. Start på fælles plan. Aftalt onsdag.");
    for number in 0..9 {
        let side: &[&str] = if number % 2 == 0 { &["--shared"] } else { &[] };
        pair.aase.log(SHARED_CASE, "contact", &format!("Fra Åse {number}"), side);
    }
    for number in 0..8 {
        let side: &[&str] = if number % 2 == 0 { &["--shared"] } else { &[] };
        pair.erik.log(SHARED_CASE, "contact", &format!("Fra Erik {number}"), side);
    }
    for device in [&pair.aase, &pair.erik] {
        device.refused(&["sync"]);
        assert_ne!(device.status()["unsent"], 0);
    }

    pair.world.server_up();
    for _ in 0..2 {
        pair.aase.sync();
        pair.erik.sync();
    }
    agree(SHARED_CASE, &["shared"], &[&pair.aase, &pair.erik]);
    let (hers, his) = (pair.aase.show(SHARED_CASE), pair.erik.show(SHARED_CASE));
    assert_eq!((count_in(&hers, "shared"), count_in(&his, "shared")), (1 + 5 + 4, 1 + 5 + 4));
    assert_eq!((count_in(&hers, "employment"), count_in(&hers, "treatment")), (4, 0));
    assert_eq!((count_in(&his, "employment"), count_in(&his, "treatment")), (0, 4));
    let merged = the_entry(&hers, &common);
    let note = merged["note"].as_str().unwrap();
    for words in ["Behandlingen har ordet.", "Start på fælles plan.", "Beskæftigelsen ringer mandag.", "Aftalt onsdag."]
    {
        assert!(note.contains(words), "{note}");
    }
    assert_eq!(merged["authors"], serde_json::json!([AASE, ERIK]));
    pair.leader().sync();
    agree(SHARED_CASE, &["shared", "employment"], &[&pair.aase, pair.leader()]);
    assert!(notes(&pair.leader().show(SHARED_CASE)).iter().all(|note| !matches!(*note, "Fra Erik 1" | "Fra Erik 3")));
    // A number begun finds the shared tenth as well; the first is the other side's own.
    let finds =
        |device: &Device, words: &[&str], note: &str| device.search(words).iter().any(|hit| hit["snippet"] == note);
    assert!(!finds(&pair.aase, &["erik", "1"], "Fra Erik 1") && !finds(&pair.erik, &["åse", "1"], "Fra Åse 1"));
    assert!(finds(&pair.erik, &["erik", "1"], "Fra Erik 1"), "its writer finds it");
}

#[test]
fn a_treatment_workers_own_entries_are_seen_by_nobody_else() {
    let pair = Pair::new();
    pair.erik.log(SHARED_CASE, "contact", "Fortroligt om abstinenser", &[]);
    pair.exchange_twice();
    let page = pair.erik.show(SHARED_CASE);
    assert_eq!((entries(&page).len(), entries(&page)[0]["folder"].as_str()), (1, Some("treatment")));
    for device in [&pair.aase, pair.leader()] {
        let page = device.show(SHARED_CASE);
        assert!(entries(&page).is_empty(), "{page}");
        assert!(device.search(&["abstinenser"]).is_empty());
        assert!(!page["case"]["folders"].as_array().unwrap().contains(&"treatment".into()), "{page}");
        is_quiet(device);
    }
}

#[test]
fn what_a_consultant_knows_of_a_case_does_not_reach_the_treatment_side() {
    let team = Team::new();
    let page = team.erik.show("SYD-1");
    for secret in ["consultant", "enrolled_on", "track"] {
        assert_eq!(page["case"][secret], serde_json::Value::Null, "{page}");
    }
    assert_eq!(page["job_wish"], serde_json::Value::Null, "{page}");
    assert_eq!(page["case"]["folders"], serde_json::json!(["shared"]));
}
