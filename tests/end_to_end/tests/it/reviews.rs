//! A review of fidelity, through the shipped programs: a leader, and a reviewer from outside who opens no case.

use feltbog_harness::{Device, World};
use serde_json::{Value, json};

const DAYS: [&str; 6] = ["fidelity", "begin", "--from", "01-01-2026", "--to", "30-06-2026"];

fn item(device: &Device, number: usize) -> Value {
    device.json(&["fidelity"])["items"][number - 1].clone()
}

/// A programme whose leader has begun a review, and its reviewer.
fn reviewed() -> (World, Device) {
    let world = World::new();
    world.leader().json(&["case", "new", "--number", "SYD-1", "--name", "Amina Berg", "--enrolled", "05-01-2026"]);
    world.leader().json(&[&DAYS[..], &["--full-time", "2.5", "--meetings-reviewed", "ugentligt"]].concat());
    let reviewer = world.member("Eva Lund", "reviewer");
    world.exchange_twice(&[world.leader(), &reviewer]);
    (world, reviewer)
}

#[test]
fn a_reviewer_reads_what_the_leader_saw_gives_points_and_opens_no_case() {
    let (world, reviewer) = reviewed();
    let leader = world.leader();
    leader.json(&["fidelity", "seen", "5", "Teammøde hver tirsdag", "--source", "møde", "--on", "03-03-2026"]);
    leader.json(&["fidelity", "reading", "5", "Telefonmøder tæller ikke"]);
    world.exchange_twice(&[leader, &reviewer]);
    let said = reviewer.run(&["fidelity"]).done().stdout;
    for words in ["01-01-2026 til 30-06-2026", "møde: Teammøde hver tirsdag", "læses her som: Telefonmøder"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Amina") && !said.contains("SYD-1"), "{said}");
    assert_eq!(reviewer.cases(), Vec::<Value>::new());
    let scale = reviewer.json(&["fidelity"])["fidelity"].clone();
    assert_eq!(scale["items"][0]["why_not"], "not_counted_yet", "a reviewer counts nothing: {scale}");
    reviewer.json(&["fidelity", "score", "5", "4", "--note", "ugentligt"]);
    world.exchange_twice(&[&reviewer, leader]);
    assert_eq!(item(leader, 5)["agreed"], 4);
    let page = leader.json(&["fidelity"]);
    assert_eq!((&page["fidelity"]["items"][4]["points"], &page["fidelity"]["band"]), (&json!(4), &Value::Null));
    let refused = reviewer.refused(&DAYS);
    assert!(refused.contains("begynde en gennemgang"), "{refused}");
}

#[test]
fn two_who_differ_stand_side_by_side_and_the_twenty_five_name_a_band_once_they_agree() {
    let (world, eva) = reviewed();
    let leader = world.leader();
    let ole = world.member("Ole Friis", "reviewer");
    world.exchange_twice(&[leader, &ole]);
    eva.json(&["fidelity", "score", "7", "2"]);
    ole.json(&["fidelity", "score", "7", "4"]);
    world.exchange_twice(&[&eva, &ole, leader]);
    let both = item(leader, 7);
    assert_eq!((&both["agreed"], both["said"].as_array().unwrap().len()), (&Value::Null, 2));
    eva.json(&["fidelity", "score", "7", "4"]);
    for number in (1..=25).filter(|number| *number != 7) {
        eva.json(&["fidelity", "score", &number.to_string(), "4"]);
    }
    world.exchange_twice(&[&eva, leader]);
    let page = leader.json(&["fidelity"]);
    assert_eq!(page["items"].as_array().unwrap().iter().filter(|item| item["agreed"] == 4).count(), 25);
    assert!(page["fidelity"]["band"].is_string(), "{}", page["fidelity"]);
}

#[test]
fn a_reviewer_sees_what_the_leader_counted_without_small_groups_and_the_same_band() {
    let (world, eva) = reviewed();
    let leader = world.leader();
    let refused = eva.refused(&["fidelity", "count"]);
    assert!(refused.contains("lægge det talte i gennemgangen"), "{refused}");
    leader.json(&["fidelity", "count"]);
    let scores: String = (1..=25).map(|item| format!("[[scores]]\nitem = {item}\npoints = 4\n")).collect();
    let file = world.folder().join("gennemgang.toml");
    std::fs::write(&file, format!("from = \"2026-01-01\"\nto = \"2026-06-30\"\n{scores}")).unwrap();
    eva.json(&["fidelity", "file", file.to_str().unwrap()]);
    world.exchange_twice(&[leader, &eva]);
    let (hers, leaders) = (eva.json(&["fidelity"])["fidelity"].clone(), leader.json(&["fidelity"])["fidelity"].clone());
    for part in ["counted", "by_people", "band"] {
        assert_eq!(hers[part], leaders[part], "{part}");
    }
    assert!(hers["band"].is_string(), "{hers}");
    let caseload = &hers["items"][0];
    assert_eq!((&caseload["scored_by"], &caseload["points"]), (&json!("entries"), &json!(5)));
    assert_eq!((&caseload["numerator"], &leaders["items"][0]["numerator"]), (&Value::Null, &json!(1)), "one citizen");
    assert!(eva.run(&["fidelity"]).done().stdout.contains("talt ud fra registreringer: 5 point"));
    // Counted again when more have come: the last count holds.
    for number in 2..=61 {
        let number = format!("SYD-{number}");
        leader.json(&["case", "new", "--number", &number, "--name", "Ny Borger", "--enrolled", "05-01-2026"]);
    }
    leader.json(&["fidelity", "count"]);
    world.exchange_twice(&[leader, &eva]);
    let caseload = eva.json(&["fidelity"])["fidelity"]["items"][0].clone();
    assert_eq!(
        (&caseload["numerator"], &caseload["denominator"], &caseload["points"]),
        (&json!(61), &json!(2.5), &json!(4))
    );
}

#[test]
fn a_text_that_names_a_citizen_is_refused_and_what_is_struck_out_can_still_be_read() {
    let (world, reviewer) = reviewed();
    let leader = world.leader();
    for text in ["Amina blev fulgt til samtale", "sag SYD-1", "cpr 311299-1234"] {
        let refused = leader.refused(&["fidelity", "seen", "22", text, "--source", "dokument"]);
        assert!(refused.contains("vurderere udefra"), "{text}: {refused}");
    }
    for (wrong, word) in
        [(&["seen", "26", "x y z", "--source", "møde"][..], "1 til 25"), (&["score", "3", "6"], "1 til 5")]
    {
        let refused = leader.refused(&[&["fidelity"], wrong].concat());
        assert!(refused.contains(word), "{wrong:?}: {refused}");
    }
    leader.json(&["fidelity", "seen", "22", "Støtten er skrevet i planen", "--source", "dokument"]);
    let id = item(leader, 22)["said"][0]["id"].as_str().unwrap().to_owned();
    world.exchange_twice(&[leader, &reviewer]);
    let refused = reviewer.refused(&["fidelity", "strike", &id]);
    assert!(refused.contains("en anden har skrevet"), "{refused}");
    leader.json(&["fidelity", "strike", &id]);
    world.exchange_twice(&[leader, &reviewer]);
    assert_eq!(item(&reviewer, 22)["said"][0]["struck"], true);
}
