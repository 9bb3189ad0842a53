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
    for words in
        ["Gennemgang af 01-01-2026 til 30-06-2026", "møde: Teammøde hver tirsdag", "læses her som: Telefonmøder"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Amina") && !said.contains("SYD-1"), "{said}");
    assert_eq!(reviewer.cases(), Vec::<Value>::new());
    assert_eq!(reviewer.json(&["fidelity"])["fidelity"], Value::Null, "a reviewer counts nothing");
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
