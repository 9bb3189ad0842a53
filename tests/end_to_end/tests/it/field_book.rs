//! The day of a consultant: visits about several, what is put right, settled, journalised, agreed and told the team.

use std::time::Duration;

use feltbog_harness::{Chance, Device, World, entries, notes, the_entry};
use serde_json::{Value, json};

use crate::support::{
    AASE, ASTRID, CVR, Pair, SHARED_CASE, Team, agree, at_another_time, has_faketime, is_quiet, kill_at,
};

fn id_of(logged: &Value) -> String {
    logged["entry"].as_str().unwrap().to_owned()
}

fn signals(case: &Value) -> Vec<&str> {
    case["signals"].as_array().unwrap().iter().map(|signal| signal["kind"].as_str().unwrap()).collect()
}

/// A visit about Marianne (SYD-1) and Simon (SYD-3).
fn visit_about_two(aase: &Device) -> (String, String) {
    let logged = aase.json(&[
        "log",
        "SYD-1",
        "employer_visit",
        "--note",
        "Hun prøver pæretræerne",
        "--also",
        "SYD-3",
        "--also-note",
        "Han prøver blommetræerne",
        "--employer",
        CVR[0],
        "--job-title",
        "Gartnerhjælper",
        "--next",
        "Aftale prøvetime",
        "--next-on",
        "om en uge",
    ]);
    (id_of(&logged), logged["linked"][0].as_str().unwrap().to_owned())
}

#[test]
fn one_visit_about_two_holds_no_word_of_one_in_the_file_of_the_other() {
    let team = Team::new();
    let (hers, his) = visit_about_two(&team.aase);
    team.exchange_twice();
    for device in [&team.aase, team.leader()] {
        let (her_page, his_page) = (device.show("SYD-1"), device.show("SYD-3"));
        assert_eq!(the_entry(&her_page, &hers)["note"], "Hun prøver pæretræerne");
        assert_eq!(the_entry(&his_page, &his)["note"], "Han prøver blommetræerne");
        for page in [&her_page, &his_page] {
            let visit = entries(page).iter().find(|entry| entry["linked"] == true).unwrap();
            assert_eq!(visit["employer"], CVR[0]);
        }
        let (her_file, his_file) = (her_page.to_string(), his_page.to_string());
        for word in ["Simon", "SYD-3", "blommetræerne", his.as_str()] {
            assert!(!her_file.contains(word), "{}: {word}: {her_file}", device.name());
        }
        for word in ["Marianne", "SYD-1", "pæretræerne", "Gartnerhjælper", "prøvetime", hers.as_str()] {
            assert!(!his_file.contains(word), "{}: {word}: {his_file}", device.name());
        }
    }
    let before = team.aase.show("SYD-1");
    for wrong in [&["--also", "SYD-1"][..], &["--also", "FINDES-IKKE"], &["--also", "SYD-3", "--also", "SYD-3"]] {
        team.aase.refused(&[&["log", "SYD-1", "employer_visit", "--note", "x"], wrong].concat());
    }
    team.aase.refused(&["log", "SYD-1", "contact", "--note", "x", "--also", "SYD-3"]);
    team.aase.refused(&["log", "-", "employer_visit", "--note", "x", "--also", "SYD-3"]);
    team.aase.refused(&["log", "SYD-1", "employer_visit", "--note", "x", "--also-note", "om ingen"]);
    assert_eq!(team.aase.show("SYD-1"), before);
    is_quiet(&team.aase);
}

#[test]
fn two_values_of_a_field_are_kept_until_one_settles_them_for_everybody() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "contact", "Mødtes ved søen", &["--shared", "--minutes", "30"]);
    pair.exchange_twice();
    pair.aase.json(&["change", &entry, "--minutes", "20"]);
    pair.erik.json(&["change", &entry, "--minutes", "40", "--place", "Søpavillonen"]);
    pair.exchange_twice();
    let devices = [&pair.aase, &pair.erik, pair.leader()];
    for device in devices {
        let page = device.show(SHARED_CASE);
        let seen = the_entry(&page, &entry);
        let mut values: Vec<&str> =
            seen["conflicts"]["minutes"].as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
        assert_eq!(values[0], seen["minutes"].to_string(), "the shown one stands first");
        values.sort_unstable();
        assert_eq!(values, ["20", "40"], "{}", device.name());
        assert_eq!(seen["place"], "Søpavillonen", "{}", device.name());
    }
    agree(SHARED_CASE, &["shared"], &devices);
    for wrong in [["minutes", "30"], ["place", "Søpavillonen"], ["farve", "20"]] {
        pair.aase.refused(&["settle", &entry, "--field", wrong[0], "--value", wrong[1]]);
    }
    pair.aase.json(&["settle", &entry, "--field", "minutes", "--value", "40"]);
    pair.exchange_twice();
    for device in devices {
        let page = device.show(SHARED_CASE);
        assert_eq!(the_entry(&page, &entry)["minutes"], 40, "{}", device.name());
        assert_eq!(the_entry(&page, &entry)["conflicts"], json!({}), "{}", device.name());
    }
    pair.erik.refused(&["settle", &entry, "--field", "minutes", "--value", "20"]);
    agree(SHARED_CASE, &["shared"], &devices);
}

#[test]
fn what_is_journalised_offline_is_locked_everywhere_and_takes_addenda() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "contact", "Talte om tangfabrikken", &["--shared"]);
    pair.exchange_twice();
    pair.world.wire().lead_to(None);
    assert_eq!(pair.aase.json(&["journal"])[0]["entry"], entry.as_str());
    let copied = pair.aase.json(&["journal", &entry]);
    assert!(copied["text"].as_str().unwrap().contains("Talte om tangfabrikken"), "{copied}");
    pair.aase.refused(&["journal", &entry, "--number", "  "]);
    assert_eq!(pair.aase.json(&["journal", &entry, "--number", "2026-77"])["state"], "journalised");
    assert_eq!(pair.aase.json(&["journal"]), json!([]));
    let refused = |device: &Device| {
        for edit in [
            &["note", entry.as_str(), "--text", "Noget andet"][..],
            &["change", &entry, "--minutes", "10"],
            &["journal", &entry, "--number", "2026-78"],
            &["journal", &entry, "--left-out"],
        ] {
            let sentence = device.refused(edit);
            assert!(sentence.contains("journal"), "{sentence}");
        }
    };
    refused(&pair.aase);
    let addendum = id_of(&pair.aase.json(&["addendum", &entry, "--text", "Det var tangfarmen"]));
    pair.aase.refused(&["addendum", &entry, "--text", "  "]);
    pair.world.wire().lead_to(pair.world.server().address());
    pair.exchange_twice();
    for device in [&pair.aase, &pair.erik, pair.leader()] {
        let page = device.show(SHARED_CASE);
        let seen = the_entry(&page, &entry);
        assert_eq!((&seen["state"], &seen["journal_number"]), (&json!("journalised"), &json!("2026-77")));
        assert_eq!(seen["note"], "Talte om tangfabrikken");
        assert_eq!(the_entry(&page, &addendum)["addendum_to"], entry.as_str());
        assert_eq!(the_entry(&page, &addendum)["note"], "Det var tangfarmen");
    }
    refused(&pair.erik);
    is_quiet(&pair.aase);
}

#[test]
fn a_mistake_counts_for_nothing_until_it_is_taken_back() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "employer_visit", "Besøgte gartneriet", &["--employer", CVR[0]]);
    let met = |device: &Device| !device.cases()[0]["last_contact"].is_null();
    assert!(met(&pair.aase));
    pair.aase.refused(&["mistaken", &entry, "--reason", " "]);
    pair.aase.json(&["mistaken", &entry, "--reason", "Det var en anden dag"]);
    pair.exchange_twice();
    for device in [&pair.aase, pair.leader()] {
        let page = device.show(SHARED_CASE);
        assert_eq!(the_entry(&page, &entry)["mistaken"], "Det var en anden dag");
        assert_eq!(the_entry(&page, &entry)["note"], "Besøgte gartneriet");
        assert!(!met(device), "{}", device.name());
        assert_eq!(device.json(&["door", CVR[0]])["contacts"], json!([]), "{}", device.name());
    }
    assert_eq!(pair.aase.json(&["journal"]), json!([]));
    pair.aase.refused(&["journal", &entry, "--number", "1"]);
    pair.aase.json(&["mistaken", &entry, "--undo"]);
    pair.exchange_twice();
    for device in [&pair.aase, pair.leader()] {
        assert_eq!(the_entry(&device.show(SHARED_CASE), &entry)["mistaken"], Value::Null);
        assert!(met(device), "{}", device.name());
        assert_eq!(device.json(&["door", CVR[0]])["contacts"].as_array().unwrap().len(), 1);
    }
    assert_eq!(pair.aase.json(&["journal"])[0]["entry"], entry.as_str());
}

#[test]
fn the_days_to_come_hold_what_was_agreed_and_moved_until_it_is_settled() {
    let pair = Pair::new();
    let agreed = |text: &str, day: &str| {
        pair.aase.log(
            SHARED_CASE,
            "contact",
            "Aftalte noget",
            &["--next", text, "--next-on", day, "--next-at", "10:30"],
        )
    };
    let (late, soon) = (agreed("Ringe senere", "om 2 uger"), agreed("Ringe snart", "i morgen"));
    let texts = |more: &[&str]| -> Vec<String> {
        let agenda = pair.aase.json(&[&["agenda"], more].concat());
        agenda.as_array().unwrap().iter().map(|row| row["step"]["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&[]), ["Ringe snart", "Ringe senere"]);
    assert_eq!(texts(&["--until", "om en uge"]), ["Ringe snart"]);
    pair.aase.json(&["step", &late, "moved", "--to", "i dag", "--at", "9:15"]);
    assert_eq!(texts(&[]), ["Ringe senere", "Ringe snart"]);
    assert_eq!(pair.aase.json(&["agenda"])[0]["step"]["time"], "09:15");
    for wrong in [&["moved"][..], &["udsat"], &["moved", "--to", "31-02-2026"], &["held", "--to", "blåmandag"]] {
        pair.aase.refused(&[&["step", soon.as_str()], wrong].concat());
    }
    for (entry, outcome) in [(&soon, "no_show"), (&late, "held")] {
        pair.aase.json(&["step", entry, outcome]);
        pair.aase.refused(&["step", entry, outcome]);
    }
    assert!(texts(&[]).is_empty());
    pair.exchange_twice();
    let page = pair.leader().show(SHARED_CASE);
    assert_eq!(the_entry(&page, &soon)["next_step"]["settled"], "no_show");
    assert_eq!(the_entry(&page, &late)["next_step"]["settled"], "held");
}

#[test]
fn the_first_employer_is_due_on_the_thirtieth_day_and_late_on_the_next() {
    if !has_faketime() {
        return;
    }
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    // Made on a computer whose clock is as far behind as the citizen is in the programme.
    for (number, days_ago) in [("NY-15", "-15d"), ("NY-16", "-16d"), ("NY-30", "-30d"), ("NY-31", "-31d")] {
        let made = at_another_time(&aase, days_ago, &["case", "new", "--number", number, "--name", "Bo Bak"]);
        assert!(made.status.success(), "{made:?}");
    }
    let left = |number: &str| -> Option<i64> {
        let cases = aase.cases();
        let case = cases.iter().find(|case| case["number"] == number).unwrap();
        let signals = case["signals"].as_array().unwrap();
        signals.iter().find(|signal| signal["kind"] == "first_employer_contact")?["days_left"].as_i64()
    };
    assert_eq!(left("NY-15"), None);
    assert_eq!(left("NY-16"), Some(14));
    assert_eq!(left("NY-30"), Some(0));
    assert_eq!(left("NY-31"), Some(-1));
    aase.log("NY-30", "not_reached", "", &[]);
    aase.log("NY-30", "employer_contact", "Ringede", &["--face-to-face", "no"]);
    assert_eq!(left("NY-30"), Some(0), "attempts and calls stop no clock that asks for a meeting");
    aase.log("NY-30", "employer_visit", "Var der", &["--employer", CVR[0]]);
    assert_eq!(left("NY-30"), None);
    let cases = aase.cases();
    let new = cases.iter().find(|case| case["number"] == "NY-15").unwrap();
    assert!(!signals(new).contains(&"first_employer_contact"));
}

#[test]
fn the_team_knows_of_each_others_contacts_with_an_employer_and_of_no_citizen() {
    let team = Team::new();
    visit_about_two(&team.aase);
    team.aase.json(&[
        "log",
        "SYD-2",
        "employer_visit",
        "--employer",
        CVR[1],
        "--note",
        "Heidi var glad for cyklerne",
        "--about-employer",
        "Mangler en cykelsmed fra januar",
    ]);
    team.exchange_twice();
    let card = team.astrid.json(&["door", CVR[0]]);
    let ours: Vec<_> = card["contacts"].as_array().unwrap().iter().filter(|contact| contact["by"] == AASE).collect();
    assert_eq!(ours.len(), 1, "one visit is one contact, however many citizens it was about: {card}");
    let other = team.astrid.json(&["door", CVR[1]]);
    assert_eq!(other["contacts"][0]["about"], "Mangler en cykelsmed fra januar");
    for said in [&card, &other, &team.astrid.json(&["employers"])] {
        let said = said.to_string();
        for word in ["Marianne", "Simon", "Heidi", "SYD-", "pæretræerne", "glad"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    // The colleague hears of it before going there too, and nothing stops the work.
    let warned = team.astrid.json(&["log", "SYD-4", "employer_visit", "--employer", CVR[1], "--note", "Så værkstedet"]);
    assert!(warned["warning"].as_str().unwrap().contains(AASE), "{warned}");
    // Treatment has no part in it.
    assert!(!team.erik.run(&["door", CVR[1], "--json"]).stdout.contains("cykelsmed"));
    let (page, door) = (team.aase.show("SYD-2"), team.aase.json(&["door", CVR[1]]));
    for about in ["Heidi kan begynde", "HEIDI", "Spørg om syd-2", "Godt for Mariánne og Marianne"] {
        let wrong = ["log", "SYD-2", "employer_visit", "--employer", CVR[1], "--note", "x", "--about-employer", about];
        let sentence = team.aase.refused(&wrong);
        assert!(sentence.contains("borger"), "{sentence}");
    }
    assert_eq!((team.aase.show("SYD-2"), team.aase.json(&["door", CVR[1]])), (page, door));
}

#[test]
fn what_two_wrote_differently_of_a_visit_is_settled_for_the_team_too() {
    let pair = Pair::new();
    let astrid = pair.world.consultant(ASTRID);
    let all = [&pair.aase, &astrid];
    pair.world.exchange_twice(&all);
    pair.aase.json(&["assign", SHARED_CASE, "--member", ASTRID, "--as", "consultant"]);
    let visit = pair.aase.log(SHARED_CASE, "employer_visit", "Så drivhuset", &["--employer", CVR[0]]);
    pair.world.exchange_twice(&all);
    pair.aase.json(&["change", &visit, "--contact-person", "Sofie Jeppesen"]);
    astrid.json(&["change", &visit, "--contact-person", "Kirsten Lind"]);
    pair.world.exchange_twice(&all);
    let shown = the_entry(&pair.aase.show(SHARED_CASE), &visit)["contact_person"].clone();
    let other = if shown == "Kirsten Lind" { "Sofie Jeppesen" } else { "Kirsten Lind" };
    astrid.json(&["settle", &visit, "--field", "contact_person", "--value", other]);
    pair.world.exchange_twice(&all);
    for device in [&pair.aase, &astrid, pair.leader()] {
        assert_eq!(the_entry(&device.show(SHARED_CASE), &visit)["contact_person"], other, "{}", device.name());
        let contacts = device.json(&["door", CVR[0]])["contacts"].clone();
        assert_eq!(contacts[0]["contact_person"], other, "{}: {contacts}", device.name());
        assert_eq!(contacts.as_array().unwrap().len(), 1, "{contacts}");
    }
}

#[test]
fn what_may_be_said_to_an_employer_is_the_newest_decision_and_the_older_ones_stay() {
    let team = Team::new();
    assert_eq!(team.aase.json(&["door", CVR[0], "--case", "SYD-1"])["agreement"], Value::Null);
    let disclose = |decision: &str, more: &[&str]| {
        team.aase.run(&[&["disclose", "SYD-1", decision, "--employer", CVR[0]], more].concat())
    };
    disclose("agreed", &[]).refused();
    disclose("måske", &["--may-say", "noget"]).refused();
    disclose("agreed", &["--may-say", "At hun er ny i faget", "--may-not-say", "Noget om helbred"]).done();
    disclose("none", &[]).done();
    team.aase.refused(&["disclose", "SYD-1", "all", "--employer", "12345678"]);
    team.erik.refused(&["disclose", "SYD-1", "all", "--employer", CVR[0]]);
    team.exchange_twice();
    for device in [&team.aase, team.leader()] {
        let card = device.json(&["door", CVR[0], "--case", "SYD-1"]);
        assert_eq!(card["agreement"]["may_say"], Value::Null, "{}: {card}", device.name());
        let history = device.show("SYD-1")["agreements"].clone();
        assert_eq!(history.as_array().unwrap().len(), 2, "{}: {history}", device.name());
        assert!(history.to_string().contains("At hun er ny i faget"), "{history}");
        assert_eq!(device.json(&["door", CVR[1], "--case", "SYD-1"])["agreement"], Value::Null);
        assert_eq!(device.json(&["door", CVR[0], "--case", "SYD-2"])["agreement"], Value::Null);
    }
    assert!(!team.erik.show("SYD-1").to_string().contains("ny i faget"));
}

#[test]
fn a_visit_about_several_is_there_whole_or_not_at_all_whenever_the_battery_is_pulled() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    let cases = ["SYD-1", "SYD-2", "SYD-3", "SYD-4"];
    for number in cases {
        aase.json(&["case", "new", "--number", number, "--name", "Bo Bak"]);
    }
    let mut chance = Chance::of(31);
    let mut heard = Vec::new();
    for round in 0..24 {
        let note = format!("Runde {round}");
        let mut arguments = vec!["log", cases[0], "employer_visit", "--employer", CVR[0], "--note", &note, "--json"];
        for other in &cases[1..] {
            arguments.extend(["--also", other, "--also-note", &note]);
        }
        let (_, said) = kill_at(aase.spawn(&arguments), chance.moment(Duration::from_millis(160)));
        if serde_json::from_str::<Value>(&said).is_ok() {
            heard.push(note);
        }
    }
    world.exchange_twice(&[&aase]);
    for device in [&aase, world.leader()] {
        let pages = cases.map(|number| device.show(number));
        let mut first: Vec<&str> = notes(&pages[0]);
        first.sort_unstable();
        for page in &pages[1..] {
            let mut other = notes(page);
            other.sort_unstable();
            assert_eq!(first, other, "{}: part of a visit", device.name());
        }
        for note in &heard {
            assert_eq!(first.iter().filter(|seen| *seen == note).count(), 1, "{}: {note}", device.name());
        }
        let contacts = device.json(&["door", CVR[0]])["contacts"].as_array().unwrap().len();
        assert_eq!(contacts, first.len().min(6), "{}: the team was told of each visit", device.name());
    }
    is_quiet(&aase);
}

#[test]
fn long_notes_other_scripts_odd_names_and_sixty_citizens_pass_through_every_command() {
    let world = World::new();
    let aase = world.consultant(AASE);
    let astrid = world.consultant(ASTRID);
    world.exchange_twice(&[&aase, &astrid]);
    let names =
        ["מרים כהן", "محمد الأمين", "Ö", "Anne-Marie d'Ærø", "<b>Bo</b> & \"Søn\"", "李", "Zoë 👩‍🌾 Ñandú", "null"];
    for number in 0..60 {
        let name = names[number % names.len()];
        aase.json(&["case", "new", "--number", &format!("SYD-{number}"), "--name", name]);
    }
    assert_eq!(aase.cases().len(), 60);
    // As long as a note may be, with as many letters outside ASCII as Danish has.
    let sentence = "Hun glæder sig til at prøve gartneriet ved søen mandag formiddag. ";
    let long: String = sentence.chars().cycle().take(199_999).chain(['.']).collect();
    let entry = id_of(
        &aase
            .run_with(&["log", "SYD-0", "employer_visit", "--employer", CVR[0], "--note", "-", "--json"], &long)
            .done()
            .json(),
    );
    let hebrew = "היא רוצה לעבוד \u{202e}בגן\u{202c} הפרחים";
    let other = aase.log("SYD-1", "contact", hebrew, &["--next", "להתקשר", "--next-on", "i morgen"]);
    assert_eq!(aase.json(&["journal"]).as_array().unwrap().len(), 2);
    assert_eq!(aase.json(&["agenda"])[0]["step"]["text"], "להתקשר");
    for command in [
        &["change", entry.as_str(), "--place", "حديقة"][..],
        &["read-together", &entry],
        &["journal", &entry],
        &["mistaken", &entry, "--reason", "שגיאה"],
        &["mistaken", &entry, "--undo"],
        &["journal", &entry, "--number", "א-1"],
        &["addendum", &entry, "--text", "תוספת"],
        &["step", &other, "held"],
        &["disclose", "SYD-3", "agreed", "--employer", CVR[0], "--may-say", "היא גננת"],
        &["door", CVR[0], "--case", "SYD-3"],
        &["employers"],
    ] {
        aase.json(command);
    }
    let copied = aase.json(&["journal", &entry]);
    assert!(copied["text"].as_str().unwrap().contains(&long), "the whole text is copied");
    assert_eq!(aase.search(&["gartneriet"]).len(), 1);
    world.exchange_twice(&[&aase, &astrid]);
    let page = world.leader().show("SYD-0");
    assert_eq!(the_entry(&page, &entry)["note"].as_str().unwrap(), long);
    assert_eq!(the_entry(&page, &entry)["place"], "حديقة");
    assert_eq!(the_entry(&world.leader().show("SYD-1"), &other)["note"], hebrew);
    assert_eq!(world.leader().cases().len(), 60);
    is_quiet(&aase);
}

#[test]
fn wrong_use_is_told_apart_from_what_is_refused() {
    let pair = Pair::new();
    let entry = pair.aase.log(SHARED_CASE, "contact", "Et notat", &[]);
    let page = pair.aase.show(SHARED_CASE);
    for wrong in [
        &["change"][..],
        &["change", &entry, "--minutes", "mange"],
        &["change", &entry, "--face-to-face", "måske"],
        &["settle", &entry, "--field", "minutes"],
        &["mistaken", &entry],
        &["mistaken", &entry, "--undo", "--reason", "x"],
        &["addendum", &entry],
        &["journal", "--number", "1"],
        &["journal", &entry, "--number", "1", "--left-out"],
        &["step", &entry],
        &["step", &entry, "moved", "--at", "10:00"],
        &["door"],
        &["disclose", SHARED_CASE, "all"],
        &["read-together"],
    ] {
        let ran = pair.aase.run(wrong);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stdout.is_empty() && !ran.stderr.trim().is_empty(), "{ran:#?}");
    }
    let nobody = "00000000000000000000000000000000";
    for refused in [
        &["change", nobody, "--minutes", "10"][..],
        &["change", "ikke-et-id", "--minutes", "10"],
        &["change", &entry, "--minutes", "1441"],
        &["change", &entry, "--at", "31-02-2026 10:00"],
        &["change", &entry, "--employer", "12345678"],
        &["change", &entry, "--kind", "kaffe"],
        &["change", &entry, "--hours", "169"],
        &["settle", &entry, "--field", "minutes", "--value", "10"],
        &["mistaken", nobody, "--reason", "x"],
        &["addendum", nobody, "--text", "x"],
        &["journal", nobody],
        &["journal", nobody, "--number", "1"],
        &["read-together", nobody],
        &["step", &entry, "held"],
        &["agenda", "--until", "blåmandag"],
        &["door", "12345678"],
        &["door", CVR[0], "--case", "FINDES-IKKE"],
        &["log", SHARED_CASE, "contact", "--note", "x", "--next-at", "10:00"],
    ] {
        pair.aase.refused(refused);
    }
    assert_eq!(pair.aase.show(SHARED_CASE), page);
}
