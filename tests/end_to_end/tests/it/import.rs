//! Reading a programme's files in: what is wrong is named, the rest goes in, and twice is as good as once.

use std::fs;

use feltbog_harness::{CaseLine, CsvSet, EntryLine, World, entries, numbers, the_entry};
use serde_json::{Value, json};

use crate::support::{AASE, ASTRID, CVR, ERIK, agree, count_in, imported, is_quiet, rows_of_work, small_programme};

fn counts(report: &Value) -> (u64, u64, u64, u64) {
    let count = |what: &str| report["added"][what].as_u64().unwrap();
    (count("cases"), count("entries"), count("employers"), report["unchanged"].as_u64().unwrap())
}

/// What stands in the report of refused lines, without the reasons.
fn places(report: &Value) -> Vec<(String, u64, String)> {
    let mut places: Vec<_> = report["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let reason = line["reason"].as_str().unwrap();
            assert!(reason.chars().count() > 10 && !reason.contains("Error"), "{line}");
            let text = |field: &str| line[field].as_str().unwrap().to_owned();
            (text("file"), line["line"].as_u64().unwrap(), text("field"))
        })
        .collect();
    places.sort();
    places
}

fn place(file: &str, line: u64, field: &str) -> (String, u64, String) {
    (file.to_owned(), line, field.to_owned())
}

fn all_pages(device: &feltbog_harness::Device) -> Vec<Value> {
    device.cases().iter().map(|case| device.show(case["case"].as_str().unwrap())).collect()
}

#[test]
fn an_import_twice_changes_nothing_before_and_after_the_exchange() {
    let world = World::new();
    let folder = small_programme().write(&world.folder().join("csv"));
    let leader = world.leader();
    assert_eq!(counts(&imported(leader, &folder, &[])), (5, 15, 2, 0));
    let pages = all_pages(leader);
    assert_eq!(counts(&imported(leader, &folder, &[])), (0, 0, 0, 22));
    assert_eq!(all_pages(leader), pages);
    leader.sync();
    let (pages, status) = (all_pages(leader), leader.status());
    assert_eq!(counts(&imported(leader, &folder, &[])), (0, 0, 0, 22));
    assert_eq!((all_pages(leader), leader.status()["unsent"].clone()), (pages, status["unsent"].clone()));
    let rows = rows_of_work(&world);
    assert_eq!(leader.sync()["sent"], 0);
    assert_eq!(rows_of_work(&world), rows);
}

#[test]
fn two_leaders_who_import_the_same_files_get_each_entry_once() {
    let world = World::new();
    let folder = small_programme().write(&world.folder().join("csv"));
    imported(world.leader(), &folder, &[]);
    let deputy = world.member("Dorte Kjær", "leader");
    world.exchange_twice(&[&deputy]);
    assert_eq!(counts(&imported(&deputy, &folder, &[])), (0, 0, 0, 22));
    world.exchange_twice(&[&deputy]);
    assert_eq!(numbers(&world.leader().cases()), numbers(&deputy.cases()));
    agree("SYD-1", &["employment", "shared"], &[world.leader(), &deputy]);
    assert_eq!(entries(&deputy.show("SYD-1")).len(), 3);
}

#[test]
fn every_damaged_line_is_named_and_the_rest_goes_in() {
    let world = World::new();
    let wrong = |key: &str| EntryLine::new(key, "SYD-1", "kontakt", "Et notat");
    let set = small_programme()
        .employer("12345678", "Forkert Nummer ApS") // line 4
        .employer_text("96417543;;Butik;;;;") // line 5
        .case(&CaseLine { enrolled: "31-02-2026".to_owned(), ..CaseLine::new("SYD-6", "Ida", AASE, ERIK) }) // line 7
        .case_text("SYD-7;Ida") // line 8
        .case(&CaseLine::new("SYD-1", "Ida", AASE, ERIK)) // line 9
        .case(&CaseLine {
            consent: ["11-02-2026".into(), String::new(), "jobmål".into()],
            ..CaseLine::new("SYD-8", "Ida", AASE, ERIK)
        }) // line 10
        .case(&CaseLine::new("", "Ida", AASE, ERIK)) // line 11
        .entry(&EntryLine { at: "2026-03-02 10:00".to_owned(), ..wrong("f-17") }) // line 17
        .entry(&EntryLine { at: "30-02-2026 10:00".to_owned(), ..wrong("f-18") })
        .entry(&EntryLine { at: "02-03-2026 25:00".to_owned(), ..wrong("f-19") })
        .entry(&EntryLine { cvr: "93236107".to_owned(), ..wrong("f-20") })
        .entry(&EntryLine { cvr: CVR[2].to_owned(), ..wrong("f-21") })
        .entry(&EntryLine { kind: "kaffe".to_owned(), ..wrong("f-22") })
        .entry(&EntryLine { kind: String::new(), ..wrong("f-23") })
        .entry_text("f-24;SYD-1;kontakt")
        .entry_text("f-25;SYD-1;kontakt;02-03-2026 10:00;45;Kantinen;Åse Møller;;;;;;;;\"Aldrig lukket")
        .entry(&wrong("besog-1"))
        .entry(&EntryLine { case: "SYD-99".to_owned(), ..wrong("f-27") })
        .entry(&EntryLine { case: "SYD-6".to_owned(), ..wrong("f-28") })
        .entry(&EntryLine { recorded_by: String::new(), ..wrong("f-29") })
        .entry_text("f-30;SYD-1;kontakt;02-03-2026 10:00;mange;Kantinen;Åse Møller;;;;;;;;Et notat")
        .entry_text("f-31;SYD-1;kontakt;02-03-2026 10:00;45;Kantinen;Åse Møller;;;måske;;;;;Et notat")
        .entry_text("f-32;SYD-1;kontakt;02-03-2026 10:00;45;Kantinen;Åse Møller;;;;fantastisk;;;;Et notat")
        .entry(&wrong("god-33"));
    let folder = set.write(&world.folder().join("csv"));
    let report = imported(world.leader(), &folder, &[]);
    assert_eq!(counts(&report), (5, 16, 2, 0), "{report:#}");
    let expected = [
        place("forloeb.csv", 7, "indskrevet"),
        place("forloeb.csv", 8, ""),
        place("forloeb.csv", 9, "sagsnr"),
        place("forloeb.csv", 10, "samtykke_til"),
        place("forloeb.csv", 11, "sagsnr"),
        place("haendelser.csv", 17, "tidspunkt"),
        place("haendelser.csv", 18, "tidspunkt"),
        place("haendelser.csv", 19, "tidspunkt"),
        place("haendelser.csv", 20, "cvr"),
        place("haendelser.csv", 21, "cvr"),
        place("haendelser.csv", 22, "type"),
        place("haendelser.csv", 23, "type"),
        place("haendelser.csv", 24, ""),
        place("haendelser.csv", 25, ""),
        place("haendelser.csv", 26, "haendelse"),
        place("haendelser.csv", 27, "sagsnr"),
        place("haendelser.csv", 28, "sagsnr"),
        place("haendelser.csv", 29, "konsulent"),
        place("haendelser.csv", 30, "minutter"),
        place("haendelser.csv", 31, "ansigt_til_ansigt"),
        place("haendelser.csv", 32, "resultat"),
        place("virksomheder.csv", 4, "cvr"),
        place("virksomheder.csv", 5, "navn"),
    ];
    let mut places = places(&report);
    // A number that does not exist and a company that is not in the register may be told apart by nobody else.
    places.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    assert_eq!(places, expected);
    // People see every refused line too.
    let ran = world.leader().run(&["import", folder.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    for line in ["forloeb.csv, linje 7, indskrevet", "haendelser.csv, linje 25", "virksomheder.csv, linje 4, cvr"] {
        assert!(ran.stderr.contains(line), "{line}: {ran:#?}");
    }
}

#[test]
fn after_correction_only_what_was_missing_is_added() {
    let world = World::new();
    let path = world.folder().join("csv");
    let bad_case = CaseLine { enrolled: "i går".to_owned(), ..CaseLine::new("SYD-6", "Ida", AASE, ERIK) };
    let of_it = EntryLine::new("ny-1", "SYD-6", "kontakt", "Første møde");
    let bad_entry = EntryLine { at: "snart".to_owned(), ..EntryLine::new("ny-2", "SYD-1", "kontakt", "Næste møde") };
    let unclosed = "ny-3;SYD-1;kontakt;02-03-2026 10:00;45;Kantinen;Åse Møller;;;;;;;;\"Aldrig lukket";
    let damaged = small_programme().case(&bad_case).entry(&of_it).entry(&bad_entry).entry_text(unclosed);
    let report = imported(world.leader(), &damaged.write(&path), &[]);
    assert_eq!((counts(&report), report["refused"].as_array().unwrap().len()), ((5, 15, 2, 0), 4), "{report:#}");
    let before = all_pages(world.leader());
    let corrected = small_programme()
        .case(&CaseLine { enrolled: "11-02-2026".to_owned(), ..bad_case })
        .entry(&of_it)
        .entry(&EntryLine { at: "03-03-2026 10:00".to_owned(), ..bad_entry })
        .entry_text(&format!("{unclosed}\""));
    let report = imported(world.leader(), &corrected.write(&path), &[]);
    assert_eq!((counts(&report), report["refused"].as_array().unwrap().len()), ((1, 3, 0, 22), 0), "{report:#}");
    let after = all_pages(world.leader());
    assert_eq!((after.len(), before.len()), (6, 5));
    assert_eq!(&after[1..5], &before[1..5]);
    assert_eq!(counts(&imported(world.leader(), &path, &[])), (0, 0, 0, 26));
}

#[test]
fn a_dry_run_says_what_would_happen_and_saves_nothing() {
    let world = World::new();
    let folder = small_programme().case_text("skæv").write(&world.folder().join("csv"));
    let status = world.leader().status();
    let dry = imported(world.leader(), &folder, &["--dry-run"]);
    assert!(world.leader().cases().is_empty());
    assert_eq!(world.leader().status(), status);
    assert_eq!(imported(world.leader(), &folder, &[]), dry);
    assert_eq!(world.leader().cases().len(), 5);
}

#[test]
fn imported_entries_say_who_recorded_them_and_who_read_them_in() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    imported(world.leader(), &small_programme().write(&world.folder().join("csv")), &[]);
    world.exchange_twice(&[&aase]);
    for device in [world.leader(), &aase] {
        for entry in entries(&device.show("SYD-1")) {
            assert_eq!(entry["recorded_by"], AASE, "{entry}");
            assert_eq!(entry["imported_by"], world.leader_name(), "{entry}");
            assert_eq!(entry["authors"], json!([AASE]), "{entry}");
        }
    }
    let text = aase.run(&["show", "SYD-1"]).done().stdout;
    assert!(text.contains("Indlæst af Ingrid Dahl, skrevet af Åse Møller"), "{text}");
    // Whoever writes on is an author as well, and the importer still is none.
    let page = aase.show("SYD-1");
    let id = entries(&page)[0]["entry"].as_str().unwrap().to_owned();
    world.leader().note(&id, "Rettet af lederen");
    world.exchange_twice(&[&aase]);
    let page = aase.show("SYD-1");
    assert_eq!(the_entry(&page, &id)["note"], "Rettet af lederen");
    assert_eq!(the_entry(&page, &id)["imported_by"], world.leader_name());
    assert_eq!(the_entry(&page, &id)["authors"][0], AASE);
}

#[test]
fn cases_without_consent_share_nothing_and_are_listed() {
    let world = World::new();
    let report = imported(world.leader(), &small_programme().write(&world.folder().join("csv")), &[]);
    assert_eq!(report["without_consent"], json!(["SYD-3", "SYD-5"]));
    let names = report["unmatched_staff"].as_array().unwrap();
    assert!([AASE, ASTRID, ERIK].iter().all(|name| names.contains(&json!(name))), "{report}");
    for case in ["SYD-3", "SYD-5"] {
        let page = world.leader().show(case);
        assert_eq!((count_in(&page, "shared"), count_in(&page, "employment")), (0, 3), "{page}");
        assert_eq!(page["case"]["folders"], json!(["employment"]));
    }
}

/// Everything a treatment worker's device can be asked, and what it weighs.
fn therapists_view(set: &CsvSet) -> (Vec<Value>, u64) {
    let world = World::new();
    imported(world.leader(), &set.write(&world.folder().join("csv")), &[]);
    world.leader().sync();
    let erik = world.treatment(ERIK);
    world.exchange_twice(&[&erik]);
    let mut status = erik.status();
    // Places in the municipality's log count everybody's work; they are no secret and differ.
    for own in ["cursor", "device", "last_exchange", "lease"] {
        status.as_object_mut().unwrap().remove(own);
    }
    let mut found = erik.search(&["sag"]);
    found.extend(erik.search(&["prøvesen"]));
    let answers = vec![
        json!(numbers(&erik.cases())),
        json!(erik.refused(&["show", "SYD-3"])),
        json!(erik.refused(&["log", "SYD-3", "note", "--note", "x"])),
        json!(erik.refused(&["log", "SYD-3", "note", "--note", "x", "--shared"])),
        json!(found.len()),
        status,
        json!(erik.json(&["members"]).as_array().unwrap().len()),
    ];
    let database = fs::metadata(erik.home().join("feltbog.db")).unwrap().len();
    (answers, database)
}

#[test]
fn a_treatment_worker_cannot_tell_that_cases_without_consent_exist() {
    let with = CaseLine::new("SYD-1", "Marianne", AASE, ERIK);
    let meeting =
        |case: &str| EntryLine::new(&format!("m-{case}"), case, "behandlingsmøde", &format!("Møde i sag {case}"));
    let one = CsvSet::new().employer(CVR[0], "Kirken").case(&with).entry(&meeting("SYD-1"));
    let mut many = one.clone();
    for case in 3..33 {
        let number = format!("SYD-{case}");
        many = many.case(&CaseLine::new(&number, "Simon", AASE, ERIK).without_consent()).entry(&meeting(&number));
    }
    assert_eq!(therapists_view(&one), therapists_view(&many));
}

#[test]
fn notes_with_quotes_semicolons_and_line_breaks_come_in_whole() {
    let world = World::new();
    let note = "Hun sagde: \"Det går; måske\".\nNy linje: æøå 🙂";
    let set = CsvSet::new()
        .case(&CaseLine::new("SYD-1", "Marianne", AASE, ERIK))
        .entry(&EntryLine::new("e-1", "SYD-1", "kontakt", note))
        .entry(&EntryLine::new("e-2", "SYD-1", "kontakt", "Derefter"));
    let report = imported(world.leader(), &set.write(&world.folder().join("csv")), &[]);
    assert_eq!(counts(&report), (1, 2, 0, 0), "{report}");
    let page = world.leader().show("SYD-1");
    assert!(entries(&page).iter().any(|entry| entry["note"] == note), "{page}");
}

#[test]
fn a_quotation_mark_in_the_middle_of_a_field_never_swallows_another_line() {
    let world = World::new();
    let line =
        |key: &str, note: &str| format!("{key};SYD-1;kontakt;02-03-2026 10:00;45;Kantinen;Åse Møller;;;;;;;;{note}");
    let set = CsvSet::new()
        .case(&CaseLine::new("SYD-1", "Marianne", AASE, ERIK))
        .entry_text(&line("e-1", "Fik en 27\" skærm")) // line 2
        .entry_text(&line("e-2", "Almindelig"))
        .entry_text(&line("e-3", "Fik en 24\" skærm")) // line 4
        .entry_text(&line("e-4", "Sidste"))
        .entry_text(&line("e-5", "Citerede \"chefen\" i dag"))
        .entry_text(&line("e-6", "\"Lukket\" og så mere"));
    let report = imported(world.leader(), &set.write(&world.folder().join("csv")), &[]);
    let (added, refused) = (report["added"]["entries"].as_u64().unwrap(), report["refused"].as_array().unwrap().len());
    assert_eq!(added + refused as u64, 6, "every line is either in or named: {report:#}");
    let page = world.leader().show("SYD-1");
    for note in ["Almindelig", "Sidste"] {
        assert!(entries(&page).iter().any(|entry| entry["note"] == note), "{note}: {report:#}");
    }
}

#[test]
fn a_file_that_is_not_utf_8_never_comes_in_with_broken_letters() {
    let world = World::new();
    let folder = small_programme().write(&world.folder().join("csv"));
    // As Excel saves on a Danish computer: one byte for each letter.
    let text = fs::read_to_string(folder.join("forloeb.csv")).unwrap();
    fs::write(folder.join("forloeb.csv"), text.chars().map(|letter| letter as u8).collect::<Vec<u8>>()).unwrap();
    let ran = world.leader().run(&["import", folder.to_str().unwrap(), "--json"]);
    assert!(!ran.stdout.contains('\u{fffd}'), "{ran:#?}");
    for case in world.leader().cases() {
        assert!(!case.to_string().contains('\u{fffd}'), "{case}");
        assert_eq!(case["consultant"].as_str().map(|name| name == AASE || name == ASTRID), Some(true), "{case}");
    }
}

#[test]
fn files_may_come_one_at_a_time_with_a_mark_at_their_beginning() {
    let world = World::new();
    let folder = small_programme().write(&world.folder().join("csv"));
    let one = world.folder().join("one");
    fs::create_dir(&one).unwrap();
    for (name, expected) in
        [("virksomheder.csv", (0, 0, 2, 0)), ("forloeb.csv", (5, 0, 0, 0)), ("haendelser.csv", (0, 15, 0, 0))]
    {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        fs::write(one.join(name), format!("\u{feff}{text}")).unwrap();
        assert_eq!(counts(&imported(world.leader(), &one, &[])), expected, "{name}");
        fs::remove_file(one.join(name)).unwrap();
    }
    world.leader().refused(&["import", one.to_str().unwrap()]);
    world.leader().refused(&["import", world.folder().join("nowhere").to_str().unwrap()]);
    world.leader().refused(&["import", one.to_str().unwrap(), "--programme", "IPS Månen"]);
}

#[test]
fn two_programmes_may_use_the_same_numbers_and_keys_and_still_import_twice() {
    let world = World::new();
    world.leader().json(&["programme", "IPS Amager"]);
    world.leader().sync();
    let folder = small_programme().write(&world.folder().join("csv"));
    for (programme, employers) in [("IPS Sydhavnen", 2), ("IPS Amager", 2)] {
        let report = imported(world.leader(), &folder, &["--programme", programme]);
        assert_eq!(counts(&report), (5, 15, employers, 0), "{programme}: {report:#}");
    }
    for programme in ["IPS Sydhavnen", "IPS Amager"] {
        let report = imported(world.leader(), &folder, &["--programme", programme]);
        assert_eq!(counts(&report), (0, 0, 0, 22), "{programme}: {report:#}");
    }
    assert_eq!(world.leader().cases().len(), 10);
}

#[test]
fn only_a_leader_imports() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    let folder = small_programme().write(&world.folder().join("csv"));
    aase.refused(&["import", folder.to_str().unwrap()]);
    assert!(aase.cases().is_empty());
}

#[test]
fn two_colleagues_of_one_name_get_nothing_by_name_and_the_leader_is_told() {
    let world = World::new();
    let first = world.consultant(AASE);
    let second = world.device("anden");
    second.join(&world.leader().invite(AASE, "consultant"));
    world.exchange_twice(&[&first, &second]);
    let report = imported(world.leader(), &small_programme().write(&world.folder().join("csv")), &[]);
    assert!(report["unmatched_staff"].as_array().unwrap().contains(&json!(AASE)), "{report}");
    world.exchange_twice(&[&first, &second]);
    assert!(first.cases().is_empty() && second.cases().is_empty());
    world.leader().refused(&["assign", "SYD-1", "--member", AASE, "--as", "consultant"]);
    let id = first.status()["member"].clone();
    assert_eq!(id, AASE);
    let members = world.leader().json(&["members"]);
    let ids: Vec<&str> = members
        .as_array()
        .unwrap()
        .iter()
        .filter(|m| m["name"] == AASE)
        .map(|m| m["member"].as_str().unwrap())
        .collect();
    world.leader().json(&["assign", "SYD-1", "--member", ids[0], "--as", "consultant"]);
    world.exchange_twice(&[&first, &second]);
    let seen = [first.cases().len(), second.cases().len()];
    assert!(seen == [1, 0] || seen == [0, 1], "by id one of them works on it and the other does not: {seen:?}");
    is_quiet(&first);
}
