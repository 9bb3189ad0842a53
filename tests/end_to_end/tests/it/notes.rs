//! Notes: long, odd, empty, and written by two people at once.

use feltbog_harness::{Chance, Device, the_entry};

use crate::support::{Pair, SHARED_CASE, Team, agree, is_quiet};

fn note_of(device: &Device, case: &str, entry: &str) -> String {
    the_entry(&device.show(case), entry)["note"].as_str().unwrap().to_owned()
}

#[test]
fn a_note_of_fifty_thousand_characters_is_saved_and_sent_whole() {
    let pair = Pair::new();
    let note = "Ørkenrejsen gik godt. ".repeat(2_300).trim_end().to_owned();
    assert!(note.chars().count() > 50_000);
    let logged =
        pair.aase.run_with(&["log", SHARED_CASE, "note", "--shared", "--note", "-", "--json"], &note).done().json();
    let entry = logged["entry"].as_str().unwrap();
    pair.exchange_twice();
    assert_eq!(note_of(&pair.erik, SHARED_CASE, entry), note);
    let longer = format!("{note} Og den blev længere.");
    pair.erik.run_with(&["note", entry, "--text", "-"], &longer).done();
    pair.exchange_twice();
    for device in [&pair.aase, &pair.erik, pair.leader()] {
        assert_eq!(note_of(device, SHARED_CASE, entry), longer);
        is_quiet(device);
    }
}

#[test]
fn a_note_that_is_too_long_is_refused_with_a_sentence_and_nothing_is_half_saved() {
    let pair = Pair::new();
    let (short, too_long) = (pair.aase.log(SHARED_CASE, "note", "Kort", &[]), "ordene ".repeat(43_000));
    let (page, status) = (pair.aase.show(SHARED_CASE), pair.aase.status());
    let sentence = pair.aase.run_with(&["log", SHARED_CASE, "note", "--note", "-"], &too_long).refused();
    assert!(sentence.contains("for langt"), "{sentence}");
    let sentence = pair.aase.run_with(&["note", &short, "--text", "-"], &too_long).refused();
    assert!(sentence.contains("for langt"), "{sentence}");
    assert_eq!((pair.aase.show(SHARED_CASE), pair.aase.status()), (page, status));
    assert!(pair.aase.search(&["ordene"]).is_empty());
    // Through the host as well, where the request itself may be too large.
    let host = pair.aase.open();
    for text in [too_long.clone(), "æ".repeat(600_000)] {
        pair.aase.run_with(&["log", SHARED_CASE, "note", "--note", "-"], &text).refused();
    }
    host.stop();
    pair.exchange_twice();
    assert_eq!(note_of(pair.leader(), SHARED_CASE, &short), "Kort");
}

#[test]
fn odd_letters_and_lines_come_through_as_they_were_written() {
    let pair = Pair::new();
    let odd = [
        "🙂👩🏽‍🔧 og familien 👨‍👩‍👧",
        "Linje et\nlinje to\n\n\tindrykket",
        "\"citat\" 'apostrof' \\ / ; , % & <b>fed</b> {{x}} $HOME `ls`",
        "-bindestreg forrest",
        "A\u{30a}se med løst ring-tegn, nul\u{200b}bredde, \u{202e}baglæns",
        "日本語 العربية кириллица",
        "  mellemrum forrest",
    ];
    let ids: Vec<String> = odd.iter().map(|note| pair.aase.log(SHARED_CASE, "note", note, &["--shared"])).collect();
    pair.exchange_twice();
    for (note, id) in odd.iter().zip(&ids) {
        for device in [&pair.aase, &pair.erik] {
            assert_eq!(note_of(device, SHARED_CASE, id), *note);
        }
        pair.erik.note(id, &format!("{note}\n🙂 rettet"));
    }
    pair.exchange_twice();
    for (note, id) in odd.iter().zip(&ids) {
        assert_eq!(note_of(&pair.aase, SHARED_CASE, id), format!("{note}\n🙂 rettet"));
    }
    // Nothing that is shown to people commands their terminal.
    let evil = pair.aase.log(SHARED_CASE, "note", "rød \u{1b}[31m tekst\u{7}", &["--shared"]);
    pair.exchange_twice();
    assert!(!pair.erik.run(&["show", SHARED_CASE]).done().stdout.contains(['\u{1b}', '\u{7}']));
    assert!(note_of(&pair.erik, SHARED_CASE, &evil).starts_with("rød "));
}

#[test]
fn an_empty_note_may_be_filled_and_a_full_one_emptied() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "contact", "", &["--shared"]);
    pair.exchange_twice();
    assert_eq!(note_of(&pair.erik, SHARED_CASE, &entry), "");
    pair.erik.note(&entry, "Nu med tekst");
    pair.exchange_twice();
    assert_eq!(note_of(&pair.aase, SHARED_CASE, &entry), "Nu med tekst");
    assert_eq!(pair.aase.search(&["tekst"]).len(), 1);
    pair.aase.note(&entry, "");
    assert!(pair.aase.search(&["tekst"]).is_empty());
    pair.exchange_twice();
    assert_eq!(note_of(&pair.erik, SHARED_CASE, &entry), "");
    assert!(pair.erik.search(&["tekst"]).is_empty());
    // The same text again is no change.
    pair.erik.note(&entry, "");
    assert_eq!(pair.erik.status()["unsent"], 0);
    assert_eq!(pair.erik.sync()["sent"], 0);
}

#[test]
fn one_empties_a_note_while_the_other_writes_in_it_and_the_words_stay() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "contact", "Gammel tekst", &["--shared"]);
    pair.exchange_twice();
    pair.aase.note(&entry, "");
    pair.erik.note(&entry, "Gammel tekst og nye ord");
    pair.exchange_twice();
    agree(SHARED_CASE, &["shared"], &[&pair.aase, &pair.erik, pair.leader()]);
    assert!(note_of(&pair.aase, SHARED_CASE, &entry).contains("og nye ord"));
}

#[test]
fn a_note_that_three_people_write_in_again_and_again_becomes_the_same_for_all() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "network_meeting", "Dagsorden:", &["--shared"]);
    pair.exchange_twice();
    let mut chance = Chance::of(31);
    let people = [&pair.aase, &pair.erik, pair.leader()];
    let mut words = Vec::new();
    for round in 0..24 {
        let device = *chance.one(&people);
        if chance.below(3) == 0 {
            device.sync();
            continue;
        }
        let (old, word) =
            (note_of(device, SHARED_CASE, &entry), format!("ord{round}fra{}", device.name().chars().next().unwrap()));
        let new = if chance.below(2) == 0 { format!("{word} {old}") } else { format!("{old} {word}") };
        device.note(&entry, &new);
        words.push(word);
    }
    for _ in 0..2 {
        pair.exchange_twice();
    }
    agree(SHARED_CASE, &["shared"], &people);
    let note = note_of(pair.leader(), SHARED_CASE, &entry);
    assert!(note.contains("Dagsorden:"), "{note}");
    for word in &words {
        assert_eq!(note.matches(word.as_str()).count(), 1, "{word}: {note}");
    }
    people.into_iter().for_each(is_quiet);
}

#[test]
fn after_a_day_of_chance_every_entitled_device_shows_the_same() {
    let team = Team::new();
    let mut chance = Chance::of(2026);
    let cases = ["SYD-1", "SYD-2", "SYD-3", "SYD-4", "SYD-5"];
    let people = [team.leader(), &team.aase, &team.astrid, &team.erik, &team.niels];
    for act in 0..60 {
        let (device, case) = (*chance.one(&people), *chance.one(&cases));
        let page = device.run(&["show", case, "--json"]);
        if page.code != Some(0) {
            continue;
        }
        let page = page.json();
        match chance.below(5) {
            0 => drop(device.sync()),
            1 => drop(device.log(case, "contact", &format!("Handling {act}"), &[])),
            2 if page["case"]["has_shared"] == true => {
                drop(device.log(case, "note", &format!("Delt {act}"), &["--shared"]));
            }
            _ => {
                let entries = page["entries"].as_array().unwrap();
                if entries.is_empty() {
                    continue;
                }
                let entry = chance.one(entries);
                let text = format!("{} +{act}", entry["note"].as_str().unwrap());
                device.note(entry["entry"].as_str().unwrap(), &text);
            }
        }
    }
    team.exchange_twice();
    team.exchange_twice();
    for case in cases {
        let (consultant, therapist) =
            if case < "SYD-4" { (&team.aase, &team.erik) } else { (&team.astrid, &team.niels) };
        agree(case, &["employment", "shared"], &[team.leader(), consultant]);
        if !matches!(case, "SYD-3" | "SYD-5") {
            agree(case, &["shared"], &[team.leader(), therapist]);
        }
    }
    people.into_iter().for_each(is_quiet);
}
