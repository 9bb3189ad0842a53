//! The programme's figures, through the shipped program.

use std::path::Path;

use feltbog_harness::{Device, World};
use serde_json::{Value, json};

use crate::support::{AASE, agree, imported};

fn report(device: &Device, arguments: &[&str]) -> Value {
    device.json(&[&["report"], arguments].concat())
}

fn numbers(report: &Value) -> (u64, Option<u64>) {
    (report["numerator"].as_u64().unwrap(), report["denominator"].as_u64())
}

/// Budget note on IPS Sydhavnen: *I den igangværende indsats var der i marts 2021 indskrevet 73 borgere i projektet. 16 af 73 var i
/// arbejde eller uddannelse, svarende til 22 pct.* The other numbers were counted from the register's lines by hand.
#[test]
fn what_002_55195ca56a575ba2_says_of_march_2021_follows_from_the_register() {
    let world = World::new();
    imported(world.leader(), &Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/sydhavnen"), &[]);
    let status = report(world.leader(), &["point_prevalence", "--at", "31-03-2021"]);
    assert_eq!((numbers(&status), &status["value"]), ((16, Some(73)), &json!(0.219)));
    assert_eq!((&status["measure"], &status["as_of"]), (&json!("point_prevalence"), &json!("2021-03-31")));
    assert_eq!((&status["scope"], &status["assumed_ordinary"]), (&json!("programme"), &json!(16)));
    let evidence = status["evidence"].as_array().unwrap();
    assert_eq!((evidence.len(), evidence.iter().filter(|line| line["counts"] == true).count()), (73, 16));
    let started = evidence[0]["entries"][0].as_str().unwrap();
    let page = world.leader().show(evidence[0]["number"].as_str().unwrap());
    assert!(feltbog_harness::the_entry(&page, started)["kind"].as_str().unwrap().ends_with("_start"));

    let asked = |measure: &str| numbers(&report(world.leader(), &[measure, "--at", "31-03-2021"]));
    assert_eq!(asked("ever_started"), (28, Some(73)));
    assert_eq!(asked("persons_into_work"), (24, None));
    assert_eq!(asked("days_to_first_employer_contact"), (1233, Some(73)));
    assert_eq!(asked("first_employer_contact_within_30_days"), (64, Some(73)));
    assert_eq!(asked("days_to_placement"), (1114, Some(42)));
    assert_eq!(asked("employer_contacts_per_week"), (542, Some(329)));
    assert_eq!(asked("diversity_of_jobs"), (11, Some(24)));
    assert_eq!(asked("diversity_of_employers"), (16, Some(24)));
    let caseload = report(world.leader(), &["caseload", "--at", "31-03-2021"]);
    let names: Vec<&str> =
        caseload["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!((numbers(&caseload), names.len()), ((73, Some(3)), 3));
    let mut by_name = names.clone();
    by_name.sort_unstable();
    assert_eq!(names, by_name, "nobody is ranked");
}

#[test]
fn a_programme_is_held_against_its_own_file_and_the_file_against_itself() {
    let world = World::new();
    let leader = world.leader();
    for (number, enrolled) in [("SYD-1", "01-02-2022"), ("SYD-2", "01-02-2022"), ("SYD-3", "01-02-2023")] {
        leader.json(&["case", "new", "--number", number, "--name", "Marianne", "--enrolled", enrolled]);
    }
    leader.json(&["log", "SYD-1", "job_start", "--at", "02-05-2022 10:00", "--hours", "12"]);
    let against = |arguments: &[&str]| leader.run(&[&["report", "--against"], arguments].concat());

    let note = leader.json(&["report", "--against", "ips-sydhavnen", "--at", "01-02-2023"]);
    let target = &note["targets"][0];
    assert_eq!((&target["standing"], &target["as_of"]), (&json!("reached"), &json!("2022-12-31")));
    assert_eq!((target["numerator"].as_u64(), target["denominator"].as_u64()), (Some(1), Some(2)));
    assert_eq!(
        note["years"],
        json!([{ "year": 2022, "kroner": 2_504_000, "per_place": 33_387, "into_work": 1,
        "per_person_into_work": 2_504_000, "said": {
            "da": "2022: 2.504.000 kr., 33.387 kr. pr. plads; 2.504.000 kr. for den ene, der begyndte i job",
            "en": "2022: kr. 2.504.000, kr. 33.387 for each place; kr. 2.504.000 for the one who began a job" } }])
    );
    let said = against(&["ips-sydhavnen", "--at", "01-02-2023"]).done().stdout;
    for line in [
        "mindst 25 pct.",
        "Nået: 1 af 2.",
        "2022: 2.504.000 kr., 33.387 kr. pr. plads",
        "For 2022 siger teksten 2500 t.kr., tabellen 2504 t.kr.",
        "det ene kan ikke trækkes fra det andet",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let named = leader.json(&["report", "caseload"])["programme"].as_str().unwrap().to_owned();
    assert_eq!((&note["programme"], &note["name"]), (&json!(named), &json!("IPS Sydhavnen")));
    assert!(said.contains(&format!("{named}, pr. 01-02-2023, holdt op mod IPS Sydhavnen")), "{said}");
    assert!(said.contains("1 start uden oplyst ansættelsesform regnes for ordinære."), "{said}");
    let early = leader.json(&["report", "--against", "ips-sydhavnen", "--at", "01-06-2022"]);
    assert_eq!((&early["targets"][0]["standing"], &early["years"]), (&json!("so_far"), &json!([])));

    let file = world.folder().join("eget.toml");
    std::fs::write(&file, "name = \"Eget\"\n[[targets]]\nmeasure = \"noget\"\n").unwrap();
    let refused = against(&[file.to_str().unwrap()]).refused();
    assert!(refused.contains("linje 3") && refused.contains("målet \"noget\", som ikke findes"), "{refused}");
    let refused = leader.run(&["programme", "file", file.to_str().unwrap()]).refused();
    assert!(refused.contains("som ikke findes"), "{refused}");
    let refused = against(&[]).refused();
    assert!(refused.contains("Programmet har ingen programfil endnu"), "{refused}");
    leader.run(&["programme", "file", "ips-sydhavnen"]).done();
    let kept = leader.run(&["programme", "file"]).done().stdout;
    assert!(kept.contains("name = \"IPS Sydhavnen\""), "{kept}");
    let own = leader.json(&["report", "--against", "--at", "01-02-2023"]);
    assert_eq!((&own["name"], &own["targets"]), (&note["name"], &note["targets"]));
    let page = world.folder().join("status.pdf");
    leader.run(&["report", "--against", "ips-sydhavnen", "--pdf", page.to_str().unwrap()]).done();
    assert!(std::fs::read(&page).unwrap().starts_with(b"%PDF-"));
    let drawn = leader.json(&["report", "--charts"]);
    assert_eq!(drawn["funnel"][0], json!({ "stage": "enrolled", "citizens": 3 }));
    let refused = against(&["ips-ingensteds"]).refused();
    assert!(refused.contains("ips-sydhavnen"), "the names there are: {refused}");
    let refused = against(&["ingen-fil.toml"]).refused();
    assert!(refused.contains("Filen kan ikke læses"), "{refused}");
}

#[test]
fn the_scale_of_25_items_counts_what_entries_tell_and_names_no_band_before_people_scored_the_rest() {
    let world = World::new();
    let leader = world.leader();
    for number in ["SYD-1", "SYD-2", "SYD-3"] {
        leader.json(&["case", "new", "--number", number, "--name", "Marianne", "--enrolled", "01-02-2022"]);
    }
    let file = world.folder().join("gennemgang.toml");
    let fidelity = |scores: &str| {
        std::fs::write(&file, format!("from = \"2022-01-01\"\nto = \"2022-06-30\"\n{scores}")).unwrap();
        leader.run(&["report", "--fidelity", file.to_str().unwrap()])
    };
    let open = fidelity("").done().stdout;
    assert!(open.contains("Intet samlet niveau") && open.contains("ikke vurderet endnu"), "{open}");
    let scored: String = (1..=25).map(|item| format!("[[scores]]\nitem = {item}\npoints = 5\n")).collect();
    fidelity(&format!("full_time = 1.0\n{scored}")).done();
    let page = leader.json(&["report", "--fidelity", file.to_str().unwrap()]);
    assert_eq!(page["items"].as_array().unwrap().len(), 25);
    let items = page["items"].as_array().unwrap();
    let numbers = |holds: &dyn Fn(&Value) -> bool| -> Vec<u64> {
        items.iter().filter(|item| holds(item)).map(|item| item["number"].as_u64().unwrap()).collect()
    };
    assert_eq!(numbers(&|item| item["counted"] == true), [1, 15, 17, 19, 20, 21]);
    // Three citizens of nobody yet, no meeting, no job: of the others people decided, and their points are theirs.
    assert_eq!(numbers(&|item| item["scored_by"] == "entries"), [1]);
    assert_eq!((&page["counted"], &page["scope"]), (&json!({ "points": 5, "of": 5, "open": 0 }), &json!("programme")));
    assert_eq!(page["by_people"], json!({ "points": 120, "of": 120, "open": 0 }));
    let said = leader.run(&["report", "--fidelity", file.to_str().unwrap()]).done().stdout;
    for line in ["3 borgere på 1 konsulent; tællingen gælder", "Talt ud fra registreringer: 5 af 5 point."] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("0 af 0"), "{said}");
    assert!(page["band"].is_string(), "{page}");
    let refused = fidelity("[[scores]]\nitem = 26\npoints = 5\n").refused();
    assert!(refused.contains("intet punkt 26"), "{refused}");
    let refused = leader.run(&["report", "--fidelity", "ingen-fil.toml"]).refused();
    assert!(refused.contains("Filen kan ikke læses"), "{refused}");
}

/// A small programme, read in by its leader and known to a consultant.
fn a_programme_and_a_consultant() -> (World, Device) {
    let world = World::new();
    let folder = crate::support::small_programme().write(&world.folder().join("csv"));
    imported(world.leader(), &folder, &[]);
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    (world, aase)
}

#[test]
fn a_consultant_counts_her_own_citizens_and_is_told_so() {
    let (world, aase) = a_programme_and_a_consultant();
    let (whole, own) = (report(world.leader(), &["caseload"]), report(&aase, &["caseload"]));
    assert_eq!((&whole["scope"], &own["scope"]), (&json!("programme"), &json!("own")));
    assert_eq!(own["numerator"], aase.cases().len());
    assert_eq!(whole["numerator"], world.leader().cases().len());
    agree("SYD-1", &["employment"], &[world.leader(), &aase]);
    assert_eq!(
        report(&aase, &["point_prevalence"])["evidence"].as_array().unwrap().len(),
        aase.cases().len(),
        "everybody behind a number can be opened"
    );
}

#[test]
fn of_her_own_citizens_a_consultant_is_shown_figures_and_no_verdict_on_the_programme() {
    let (world, aase) = a_programme_and_a_consultant();
    let note = |device: &Device| device.json(&["report", "--against", "ips-sydhavnen", "--at", "01-02-2024"]);
    let (whole, own) = (note(world.leader()), note(&aase));
    assert_eq!((&whole["scope"], &own["scope"]), (&json!("programme"), &json!("own")));
    assert_ne!(whole["targets"][0]["standing"], "own_only");
    assert_eq!(own["targets"][0]["standing"], "own_only");
    assert!(own["targets"][0]["numerator"].is_u64(), "the figure is there: {own}");
    for year in own["years"].as_array().unwrap() {
        assert_eq!((&year["per_person_into_work"], &year["kroner"]), (&Value::Null, &json!(2_504_000)));
    }
    let said = aase.run(&["report", "--against", "ips-sydhavnen", "--at", "01-02-2024"]).done().stdout;
    assert!(said.contains("du ser kun dine egne borgere: intet mål er afgjort"), "{said}");
    let review = world.folder().join("gennemgang.toml");
    std::fs::write(&review, "from = \"2022-01-01\"\nto = \"2022-06-30\"\n").unwrap();
    let page = aase.json(&["report", "--fidelity", review.to_str().unwrap()]);
    assert_eq!((&page["items"][0]["why_not"], &page["band"]), (&json!("own_only"), &Value::Null));
    assert!(page["items"][0]["numerator"].is_u64(), "the figure is there: {page}");
    let scale = aase.run(&["report", "--fidelity", review.to_str().unwrap()]).done().stdout;
    assert!(scale.contains("skalaen gælder hele programmet, og du ser kun dine egne borgere"), "{scale}");
    assert!(!said.contains("ået: ") && !said.contains("for hver af de"), "{said}");
}

#[test]
fn what_is_marked_as_a_mistake_counts_no_longer() {
    let world = World::new();
    let leader = world.leader();
    leader.json(&["case", "new", "--number", "SYD-1", "--name", "Marianne", "--enrolled", "01-03-2026"]);
    let logged = leader.json(&["log", "SYD-1", "job_start", "--at", "05-03-2026 10:00", "--hours", "20"]);
    let asked = || numbers(&report(leader, &["point_prevalence", "--at", "31-03-2026"]));
    assert_eq!(asked(), (1, Some(1)));
    leader.json(&["mistaken", logged["entry"].as_str().unwrap(), "--reason", "forkert borger"]);
    assert_eq!(asked(), (0, Some(1)));
}

#[test]
fn a_question_that_makes_no_sense_is_refused_with_the_reason() {
    let world = World::new();
    let refused = |arguments: &[&str]| world.leader().refused(&[&["report"], arguments].concat());
    for (arguments, word) in [
        (&["lykke"][..], "point_prevalence"),
        (&["point_prevalence", "--from", "01-01-2026"], "--at"),
        (&["ever_started", "--from", "02-01-2026", "--to", "01-01-2026"], "slutter, før"),
        (&["working_in_quarter", "--from", "01-01-2026", "--to", "28-02-2026"], "kvartal"),
        (&["ever_started", "--from", "01-01-2026", "--to", "01-02-2026", "--at", "15-01-2026"], "slutter efter"),
    ] {
        let message = refused(arguments);
        assert!(message.contains(word), "{arguments:?}: {message}");
    }
}

#[test]
fn figures_and_what_is_behind_them_come_as_files_for_a_spreadsheet() {
    let world = World::new();
    let leader = world.leader();
    leader.json(&["case", "new", "--number", "=SYD-1", "--name", "Marianne", "--enrolled", "01-03-2026"]);
    let all = leader.run(&["report", "--csv", "--at", "31-03-2026"]).done().stdout;
    assert!(all.starts_with('\u{feff}') && all.contains("\r\npoint_prevalence;"), "{all}");
    assert_eq!(all.trim_end().split("\r\n").count(), 1 + 17, "all that a device is told of: {all}");
    assert!(!all.contains("days_occurred_to_received"), "{all}");
    let behind = leader.run(&["report", "point_prevalence", "--csv", "--at", "31-03-2026"]).done().stdout;
    assert!(behind.contains(";'=SYD-1;"), "no cell is a formula: {behind}");
}

/// The numbers of March 2021 once more, from the server: it was told codes and pseudonyms, and counts with the same functions.
#[test]
fn the_server_comes_to_the_leaders_numbers_and_an_evaluator_to_whole_fives() {
    let world = World::new();
    let leader = world.leader();
    imported(leader, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/sydhavnen"), &[]);
    let asked = ["report", "--server", "--at", "31-03-2021"];
    let before = leader.json(&asked);
    assert_eq!(before["accepted"], 0);
    let waiting = before["pending"].as_u64().unwrap();
    assert!(waiting > 500, "{waiting}");
    leader.sync();
    let page = leader.json(&asked);
    assert_eq!(
        (page["accepted"].as_u64(), &page["taken_back"], &page["pending"]),
        (Some(waiting), &json!(0), &json!(0))
    );
    let figures = page["figures"].as_array().unwrap();
    let of = |measure: &str| figures.iter().find(|figure| figure["measure"] == measure).unwrap();
    for figure in figures.iter().filter(|figure| figure["measure"] != "days_occurred_to_received") {
        assert_eq!((&figure["agree"], &figure["server"]), (&json!(true), &figure["here"]), "{figure}");
    }
    assert_eq!(numbers(&of("point_prevalence")["server"]), (16, Some(73)));
    assert_eq!(numbers(&of("days_to_first_employer_contact")["server"]), (1233, Some(73)));
    let said = leader.run(&asked).done().stdout;
    assert!(said.contains("16 af 73") && said.contains("21,9 %") && !said.contains("NEJ"), "{said}");

    let evaluator = world.member("Eva Lund", "evaluator");
    world.exchange_twice(&[&evaluator]);
    let page = evaluator.json(&[&asked[..], &["--programme"], &[before["programme"].as_str().unwrap()]].concat());
    let figures = page["figures"].as_array().unwrap();
    let status = figures.iter().find(|figure| figure["measure"] == "point_prevalence").unwrap();
    assert_eq!((numbers(&status["server"]), &status["here"]), ((15, Some(70)), &Value::Null));
    assert_eq!((&page["coarse"], &page["accepted"]), (&json!(true), &Value::Null));
    let refused = evaluator.refused(&["report", "point_prevalence", "--server", "--at", "30-03-2021"]);
    assert!(refused.contains("kvartal"), "{refused}");
}
