//! The register of employers, through the shipped programs: two consultants who write in it without a network.

use std::fs;

use feltbog_harness::Device;
use serde_json::{Value, json};

use crate::support::{AASE, ASTRID, CVR, Team, is_quiet};

/// What the register says of a company, or of the one it was merged into.
fn known(device: &Device, cvr: &str) -> Value {
    device.json(&["door", cvr])["known"].clone()
}

fn saved(device: &Device, arguments: &[&str]) -> String {
    device.json(arguments)["id"].as_str().unwrap_or_default().to_owned()
}

fn texts<'a>(rows: &'a Value, field: &str) -> Vec<&'a str> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

#[test]
fn what_two_wrote_offline_of_people_and_openings_is_all_there_and_says_who_noted_it() {
    let team = Team::new();
    let person = saved(&team.aase, &["employer", "person", CVR[0], "--name", "Kirsten Lind", "--phone", "12 34 56 78"]);
    team.exchange_twice();
    team.aase.json(&[
        "employer",
        "person",
        CVR[0],
        "--person",
        &person,
        "--function",
        "Køkkenchef",
        "--in-charge",
        "yes",
    ]);
    team.astrid.json(&[
        "employer",
        "person",
        CVR[0],
        "--person",
        &person,
        "--mail",
        "kl@example.dk",
        "--prefers",
        "mail",
    ]);
    let wish = ["employer", "opening", CVR[0], "--text", "Opvasker", "--hours", "12", "--job-type", "småjob"];
    let opening = saved(&team.aase, &wish);
    team.astrid.json(&["employer", "opening", CVR[0], "--text", "Juleassistent", "--until", "31-12-2019"]);
    team.exchange_twice();
    for device in [&team.aase, &team.astrid, team.leader()] {
        let card = device.json(&["door", CVR[0]]);
        assert_eq!(card["contact_person"], "Kirsten Lind", "{}", device.name());
        let her = &card["known"]["people"][0];
        assert_eq!(
            [&her["function"], &her["phone"], &her["mail"], &her["prefers"]],
            ["Køkkenchef", "12 34 56 78", "kl@example.dk", "mail"],
            "{}",
            device.name()
        );
        assert_eq!((&card["known"]["open"], &card["known"]["openings"][0]["by"]), (&json!(1), &json!(AASE)));
        assert_eq!(texts(&card["known"]["openings"], "text"), ["Opvasker", "Juleassistent"]);
        assert_eq!(texts(&device.json(&["employers", "--openings"]), "cvr"), [CVR[0]]);
    }
    team.astrid.json(&["employer", "opening", CVR[0], "--opening", &opening, "--state", "filled"]);
    team.astrid.json(&["employer", "person", CVR[0], "--person", &person, "--left", "yes"]);
    team.exchange_twice();
    let card = team.aase.json(&["door", CVR[0]]);
    assert_eq!(card["known"]["open"], 0);
    assert_eq!(texts(&card["known"]["people"], "name"), ["Rune Madsen", "Kirsten Lind"], "who left stays, marked");
    assert_eq!(card["known"]["people"][1]["left"], true);
    assert_eq!(card["contact_person"], "Rune Madsen", "whom the imported file named is not forgotten");
    assert!(team.astrid.json(&["employers", "--openings"]).as_array().unwrap().is_empty());
    is_quiet(&team.aase);
}

#[test]
fn no_citizen_and_nothing_that_gives_one_away_gets_into_the_register() {
    let team = Team::new();
    let before = known(&team.aase, CVR[0]);
    for wrong in [
        &["person", CVR[0], "--name", "Marianne Prøvesen"][..],
        &["person", CVR[0], "--name", "Kirsten Lind", "--function", "Mariannes chef"],
        &["opening", CVR[0], "--text", "Plads til Simon"],
        &["opening", CVR[0], "--text", "Tager gerne en fra IPS"],
        &["unit", CVR[0], "1003456789", "--name", "SYD-1"],
        &["unit", CVR[0], "100345678"],
        &["change", "24256791", "--name", "Findes ikke"],
        &["person", CVR[2], "--name", "Kirsten Lind"],
        &["person", CVR[0], "--name", "Kirsten Lind", "--mail", "kl"],
    ] {
        let sentence = team.aase.refused(&[&["employer"], wrong].concat());
        assert!(!sentence.contains("Marianne") && !sentence.contains("Simon"), "{sentence}");
    }
    assert_eq!(known(&team.aase, CVR[0]), before);
    team.erik.refused(&["employer", "person", CVR[0], "--name", "Kirsten Lind"]);
}

#[test]
fn one_company_typed_by_two_on_the_road_is_one_and_unverified_until_it_is_looked_up() {
    let team = Team::new();
    let visit = |device: &Device, case: &str, name: &str| {
        let named = ["--employer", CVR[2], "--employer-name", name, "--unit", "1003456789"];
        device.log(case, "employer_visit", "Så værkstedet", &named)
    };
    visit(&team.aase, "SYD-1", "Cykelsmeden");
    visit(&team.astrid, "SYD-4", "Cykelsmeden ApS");
    team.exchange_twice();
    for device in [&team.aase, &team.astrid, team.leader()] {
        let all = device.json(&["employers"]);
        assert_eq!(texts(&all, "cvr").iter().filter(|cvr| **cvr == CVR[2]).count(), 1, "{}", device.name());
        assert_eq!(known(device, CVR[2])["unverified"], true, "{}", device.name());
        assert_eq!(device.json(&["door", CVR[2]])["contacts"].as_array().unwrap().len(), 2, "{}", device.name());
    }
    assert_eq!(team.aase.show("SYD-1")["entries"][0]["unit"], "1003456789");
    team.astrid.json(&["employer", "unit", CVR[2], "1003456789", "--name", "Værkstedet", "--town", "Valby"]);
    team.aase.json(&["employer", "change", CVR[2], "--verified", "yes", "--postcode", "2500"]);
    team.exchange_twice();
    let found = known(team.leader(), CVR[2]);
    assert_eq!((&found["unverified"], &found["units"][0]["town"]), (&json!(false), &json!("Valby")));
    // The colleague is told before going in, not after.
    assert_eq!(found["recent"]["by"].as_str().map(|by| by == AASE || by == ASTRID), Some(true));
    assert_eq!(known(&team.aase, CVR[2])["recent"]["by"], ASTRID);
}

#[test]
fn companies_merged_into_each_other_at_once_are_one_everywhere_and_nothing_more_may_be_said() {
    let team = Team::new();
    for cvr in &CVR[..2] {
        team.aase.json(&["employer", "change", cvr, "--name", "Kirkens Café", "--postcode", "1620"]);
    }
    team.exchange_twice();
    assert_eq!(known(&team.astrid, CVR[0])["likely"][0]["cvr"], CVR[1]);
    team.astrid.json(&["employer", "part", CVR[1], "--from", CVR[0]]);
    team.exchange_twice();
    assert_eq!(
        (&known(&team.aase, CVR[0])["likely"], &known(&team.aase, CVR[0])["apart"][0]["cvr"]),
        (&json!([]), &json!(CVR[1]))
    );
    team.aase.json(&["employer", "compare-again", CVR[0], "--with", CVR[1]]);
    team.aase.refused(&["employer", "compare-again", CVR[0], "--with", CVR[1]]);
    assert_eq!(known(&team.aase, CVR[0])["likely"][0]["cvr"], CVR[1]);
    team.aase.json(&["disclose", "SYD-1", "all", "--employer", CVR[0]]);
    team.aase.json(&["log", "SYD-1", "employer_visit", "--employer", CVR[0], "--note", "Hilste på"]);
    team.aase.json(&["employer", "merge", CVR[0], "--into", CVR[1]]);
    team.astrid.json(&["employer", "merge", CVR[1], "--into", CVR[0]]);
    team.exchange_twice();
    let register = team.leader().json(&["employers"]);
    for device in [&team.aase, &team.astrid] {
        assert_eq!(texts(&device.json(&["employers"]), "cvr"), texts(&register, "cvr"), "{}", device.name());
        let cards = [device.json(&["door", CVR[0]]), device.json(&["door", CVR[1]])];
        assert_eq!(cards[0], cards[1], "{}", device.name());
        assert_eq!(cards[0]["known"]["also"].as_array().unwrap().len(), 1, "{}", device.name());
        assert_eq!(cards[0]["contacts"].as_array().unwrap().len(), 1, "{}", device.name());
    }
    let decision = |cvr: &str| team.aase.json(&["door", cvr, "--case", "SYD-1"])["agreement"]["decision"].clone();
    assert_eq!((decision(CVR[0]), decision(CVR[1])), (json!("nothing"), json!("nothing")));
    team.aase.json(&["disclose", "SYD-1", "agreed", "--employer", CVR[0], "--may-say", "At hun er ny i faget"]);
    assert_eq!((decision(CVR[0]), decision(CVR[1])), (json!("agreed"), json!("agreed")));
    assert_eq!(team.aase.show("SYD-1")["entries"][0]["employer"], CVR[0], "no entry is rewritten");
    let other = known(&team.astrid, CVR[0])["also"][0]["cvr"].as_str().unwrap().to_owned();
    team.astrid.json(&["employer", "unmerge", &other]);
    team.astrid.refused(&["employer", "unmerge", &other]);
    team.exchange_twice();
    for device in [&team.aase, &team.astrid, team.leader()] {
        assert!(known(device, CVR[0])["also"].as_array().unwrap().is_empty(), "{}", device.name());
        assert_eq!(texts(&device.json(&["employers"]), "cvr").len(), 2, "{}", device.name());
    }
}

#[test]
fn the_register_goes_out_without_a_citizen_and_comes_in_once() {
    let team = Team::new();
    let (aase, folder) = (&team.aase, team.world.folder());
    aase.json(&["employer", "person", CVR[0], "--name", "Kirsten Lind", "--phone", "+45 12 34 56 78"]);
    aase.json(&["employer", "opening", CVR[0], "--text", "=Opvasker", "--from", "01-03-2030"]);
    aase.json(&["employer", "unit", CVR[1], "1003456789", "--name", "Værkstedet"]);
    aase.log("SYD-1", "employer_visit", "Marianne så køkkenet", &["--employer", CVR[0]]);
    let file = folder.join("virksomheder.csv");
    let path = file.to_str().unwrap();
    let kept = aase.json(&["employers", "export", "--to", path]);
    assert_eq!((&kept["employers"], &kept["left_out"]), (&json!(2), &json!(0)));
    aase.refused(&["employers", "export", "--to", path]);
    let text = fs::read_to_string(&file).unwrap();
    for word in ["Marianne", "Heidi", "Simon", "SYD-", "køkkenet", AASE] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    assert!(text.contains(";'+45 12 34 56 78;") && text.contains(";'=Opvasker;"), "{text}");
    let again = aase.json(&["employers", "import", path]);
    assert_eq!((&again["changed"], &again["unchanged"]), (&json!(0), &json!(7)), "{again}");
    let new = format!("{text}virksomhed;{};;Cykelsmeden;;;2500;Valby{}\r\n", CVR[2], ";".repeat(15));
    let new = format!("{new}kontaktperson;{};;Marianne Prøvesen{}\r\n", CVR[2], ";".repeat(19));
    fs::write(&file, new).unwrap();
    let dry = aase.run(&["employers", "import", path, "--dry-run", "--json"]);
    let report: Value = serde_json::from_str(&dry.stdout).unwrap();
    assert_eq!((&report["added"]["employers"], &report["unchanged"]), (&json!(1), &json!(7)), "{report}");
    assert_eq!(
        (&report["refused"][0]["line"], &report["refused"][0]["field"]),
        (&json!(10), &json!("navn")),
        "{report}"
    );
    assert_eq!(known(aase, CVR[2]), Value::Null, "a dry run saves nothing");
    aase.run(&["employers", "import", path]);
    let report: Value = serde_json::from_str(&aase.run(&["employers", "import", path, "--json"]).stdout).unwrap();
    assert_eq!((&report["added"]["employers"], &report["unchanged"]), (&json!(0), &json!(8)), "{report}");
    team.exchange_twice();
    assert_eq!(known(&team.astrid, CVR[2])["town"], "Valby");
    team.erik.refused(&["employers", "import", path]);
    let nowhere = aase.refused(&["employers", "import", "findes-ikke.csv"]);
    assert!(nowhere.contains("Filen kan ikke læses: den findes ikke"), "{nowhere}");
}
