//! Cases made in the field, consents, and who is put to work on them.

use feltbog_harness::{World, entries, numbers};
use serde_json::json;

use crate::support::{AASE, ASTRID, ERIK, NIELS, Pair, SHARED_CASE, agree, count_in, is_quiet};

#[test]
fn a_case_made_offline_reaches_the_leader_and_nobody_else() {
    let mut world = World::new();
    let (aase, astrid) = (world.consultant(AASE), world.consultant(ASTRID));
    world.exchange_twice(&[&aase, &astrid]);
    world.server_down();
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak", "--enrolled", "01-03-2026"]);
    let entry = aase.log("NY-1", "contact", "Mødte Bo på trappen", &[]);
    world.server_up();
    world.exchange_twice(&[&aase, &astrid]);
    agree("NY-1", &["employment"], &[&aase, world.leader()]);
    let page = world.leader().show("NY-1");
    assert_eq!(page["entries"][0]["entry"], entry.as_str());
    assert_eq!((&page["case"]["consultant"], &page["case"]["enrolled_on"]), (&json!(AASE), &json!("2026-03-01")));
    assert!(astrid.cases().is_empty());
}

#[test]
fn a_consent_given_offline_opens_the_shared_folder_for_the_therapist_who_is_assigned() {
    let mut world = World::new();
    let (aase, erik) = (world.consultant(AASE), world.treatment(ERIK));
    world.exchange_twice(&[&aase, &erik]);
    world.server_down();
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    aase.refused(&["assign", "NY-1", "--member", ERIK, "--as", "treatment"]);
    aase.json(&["consent", "NY-1", "--types", "jobmål,fremmøde", "--from", "Kommunen", "--to", "Regionen"]);
    aase.json(&["assign", "NY-1", "--member", ERIK, "--as", "treatment"]);
    aase.log("NY-1", "note", "Delt fra begyndelsen", &["--shared"]);
    aase.log("NY-1", "note", "Kun for kommunen", &[]);
    world.server_up();
    world.exchange_twice(&[&aase, &erik]);
    agree("NY-1", &["shared"], &[&aase, &erik, world.leader()]);
    let page = erik.show("NY-1");
    assert_eq!((entries(&page).len(), count_in(&page, "shared")), (1, 1));
    assert_eq!(page["consents"][0]["types"], json!(["jobmål", "fremmøde"]));
}

#[test]
fn a_leader_assigns_a_consultant_and_a_therapist_to_a_case_of_somebody_else() {
    let world = World::new();
    let (aase, astrid, niels) = (world.consultant(AASE), world.consultant(ASTRID), world.treatment(NIELS));
    world.exchange_twice(&[&aase, &astrid, &niels]);
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak", "--consent-types", "jobmål"]);
    aase.log("NY-1", "note", "Før overdragelsen", &[]);
    world.exchange_twice(&[&aase, &astrid, &niels]);
    assert!(astrid.cases().is_empty() && niels.cases().is_empty());
    world.leader().json(&["assign", "NY-1", "--member", ASTRID, "--as", "consultant"]);
    world.leader().json(&["assign", "NY-1", "--member", NIELS, "--as", "treatment"]);
    world.exchange_twice(&[&aase, &astrid, &niels]);
    agree("NY-1", &["employment", "shared"], &[world.leader(), &astrid, &aase]);
    assert_eq!(entries(&astrid.show("NY-1")).len(), 1);
    assert_eq!((numbers(&niels.cases()), entries(&niels.show("NY-1")).len()), (vec!["NY-1"], 0));
    astrid.log("NY-1", "note", "Efter overdragelsen", &[]);
    world.exchange_twice(&[&aase, &astrid, &niels]);
    assert_eq!(entries(&world.leader().show("NY-1")).len(), 2);
    for device in [world.leader(), &aase, &astrid, &niels] {
        is_quiet(device);
    }
}

#[test]
fn consents_written_at_once_on_two_devices_lose_nothing_that_is_shared() {
    let mut world = World::new();
    let (aase, erik) = (world.consultant(AASE), world.treatment(ERIK));
    world.exchange_twice(&[&aase, &erik]);
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    world.exchange_twice(&[&aase, &erik]);
    world.server_down();
    for device in [&aase, world.leader()] {
        device.json(&["consent", "NY-1", "--types", "jobmål"]);
        device.json(&["assign", "NY-1", "--member", ERIK, "--as", "treatment"]);
        device.log("NY-1", "note", &format!("Delt af {}", device.name()), &["--shared"]);
    }
    world.server_up();
    world.exchange_twice(&[&aase, &erik]);
    world.exchange_twice(&[&aase, &erik]);
    for device in [&aase, &erik, world.leader()] {
        assert_eq!(count_in(&device.show("NY-1"), "shared"), 2, "{}", device.name());
        assert_eq!(device.cases().len(), 1, "{}", device.name());
        device.log("NY-1", "note", &format!("Derefter af {}", device.name()), &["--shared"]);
    }
    world.exchange_twice(&[&aase, &erik]);
    agree("NY-1", &["shared"], &[&aase, &erik, world.leader()]);
    assert_eq!(count_in(&erik.show("NY-1"), "shared"), 5);
}

#[test]
fn sharing_without_consent_is_refused_and_nothing_is_saved() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    let before = aase.status();
    let sentence = aase.refused(&["log", "NY-1", "note", "--note", "Deles ikke", "--shared"]);
    assert!(sentence.contains("samtykke"), "{sentence}");
    assert_eq!(before["unsent"], aase.status()["unsent"]);
    assert!(entries(&aase.show("NY-1")).is_empty());
    // By habit shared, but without consent it stays on the writer's side.
    aase.log("NY-1", "treatment_meeting", "Møde uden samtykke", &[]);
    assert_eq!(count_in(&aase.show("NY-1"), "employment"), 1);
}

#[test]
fn a_consent_names_what_it_covers() {
    let world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    for types in ["alt", "Alle oplysninger", " , ", "jobmål,alt"] {
        aase.refused(&["consent", "NY-1", "--types", types]);
    }
    aase.refused(&["consent", "NY-1", "--types", "jobmål", "--since", "02-03-2026", "--until", "01-03-2026"]);
    aase.refused(&["case", "new", "--number", "NY-2", "--name", "Ib Bak", "--consent-types", "alt"]);
    assert_eq!(numbers(&aase.cases()), ["NY-1"]);
    assert_eq!(aase.show("NY-1")["consents"], json!([]));
}

#[test]
fn a_case_number_in_use_is_refused_and_cases_made_apart_under_one_number_can_be_told_apart() {
    let mut world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    world.server_down();
    let ids: Vec<String> = [&aase, world.leader()]
        .map(|device| {
            device.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"])["case"].as_str().unwrap().to_owned()
        })
        .into();
    aase.refused(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    world.server_up();
    world.exchange_twice(&[&aase]);
    world.leader().refused(&["show", "NY-1"]);
    world.leader().refused(&["log", "NY-1", "note"]);
    for id in &ids {
        assert_eq!(world.leader().show(id)["case"]["case"], id.as_str());
    }
    assert_eq!(aase.show("NY-1")["case"]["case"], ids[0].as_str());
}

#[test]
fn the_same_programme_twice_is_refused_and_a_second_programme_keeps_its_people_apart() {
    let world = World::new();
    for name in ["IPS Sydhavnen", "ips sydhavnen", "  IPS   Sydhavnen "] {
        world.leader().refused(&["programme", name]);
    }
    world.leader().json(&["programme", "IPS Amager"]);
    world.leader().sync();
    let sentence = world.leader().refused(&["invite", "--name", AASE, "--role", "consultant"]);
    assert!(sentence.contains("IPS Sydhavnen") && sentence.contains("IPS Amager"), "{sentence}");
    let aase = world.device("aase");
    let invitation =
        world.leader().json(&["invite", "--name", AASE, "--role", "consultant", "--programme", "ips amager"]);
    aase.join(invitation["invitation"].as_str().unwrap());
    world.exchange_twice(&[&aase]);
    world.leader().json(&["case", "new", "--number", "S-1", "--name", "Bo Bak", "--programme", "IPS Sydhavnen"]);
    aase.json(&["case", "new", "--number", "A-1", "--name", "Ib Bak"]);
    world.exchange_twice(&[&aase]);
    world.leader().refused(&["assign", "S-1", "--member", AASE, "--as", "consultant"]);
    assert_eq!((numbers(&aase.cases()), numbers(&world.leader().cases())), (vec!["A-1"], vec!["A-1", "S-1"]));
    assert_eq!(aase.cases()[0]["programme"], "IPS Amager");
}

#[test]
fn two_therapists_of_one_case_keep_what_they_write_for_themselves_and_share_the_rest() {
    let pair = Pair::new();
    let niels = pair.world.treatment(NIELS);
    pair.world.exchange_twice(&[&pair.aase, &niels]);
    pair.aase.json(&["assign", SHARED_CASE, "--member", NIELS, "--as", "treatment"]);
    pair.erik.log(SHARED_CASE, "note", "Kun behandling, Erik", &[]);
    pair.world.exchange_twice(&[&pair.aase, &pair.erik, &niels]);
    niels.log(SHARED_CASE, "note", "Kun behandling, Niels", &[]);
    niels.log(SHARED_CASE, "note", "Delt, Niels", &["--shared"]);
    pair.world.exchange_twice(&[&pair.aase, &pair.erik, &niels]);
    agree(SHARED_CASE, &["shared"], &[&pair.aase, &pair.erik, &niels, pair.leader()]);
    for device in [&pair.aase, pair.leader()] {
        assert_eq!(count_in(&device.show(SHARED_CASE), "treatment"), 0, "{}", device.name());
        assert_eq!(entries(&device.show(SHARED_CASE)).len(), 1);
    }
}

#[test]
fn a_member_may_join_when_the_leader_has_exchanged_nothing_or_once() {
    let world = World::new();
    let aase = world.consultant(AASE);
    aase.sync();
    world.leader().sync();
    aase.sync();
    aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
    let astrid = world.consultant(ASTRID);
    world.exchange_twice(&[&aase, &astrid]);
    assert_eq!(numbers(&world.leader().cases()), ["NY-1"]);
    assert_eq!(world.leader().json(&["members"]).as_array().unwrap().len(), 3);
    for device in [world.leader(), &aase, &astrid] {
        is_quiet(device);
    }
}

#[test]
fn roles_that_see_no_content_get_empty_lists_and_no_error() {
    let pair = Pair::new();
    pair.aase.log(SHARED_CASE, "note", "Hemmelighed", &["--shared"]);
    for role in ["evaluator", "administrator", "records", "outreach", "deputy"] {
        let device = pair.world.member(&format!("Navn {role}"), role);
        pair.world.exchange_twice(&[&pair.aase, &device]);
        let sees = matches!(role, "deputy" | "records");
        assert_eq!(device.cases().len(), usize::from(sees), "{role}");
        assert_eq!(device.search(&["hemmelighed"]).len(), usize::from(sees), "{role}");
        is_quiet(&device);
    }
}
