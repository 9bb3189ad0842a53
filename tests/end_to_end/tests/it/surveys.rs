//! A survey among job centres, through the shipped program: a file in, no device and no network.

use feltbog_harness::World;
use serde_json::{Value, json};

const SURVEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/star-survey/svar.csv");
const HEAD: &str = "enhed;svar;viden;viden_fra\n";

/// *I alt besvarede 63 jobcentre surveyen, en svarprocent på 67*, and with what was known from networks, projects and meetings *i alt
/// 48 arbejder med IPS, 35 gør ikke, 11 er ukendte*.
#[test]
fn what_004_89deca7af67d4cd8_says_follows_from_its_units_and_the_two_counts_stay_apart() {
    let world = World::new();
    let nobody = world.device("nobody");
    let page = nobody.json(&["survey", SURVEY, "--against", "star-survey"]);
    assert_eq!((&page["units"], &page["answered"], &page["response_percent"]), (&json!(94), &json!(63), &json!(67)));
    assert_eq!(page["answers"], json!({ "yes": 32, "no": 31, "no_answer": 31 }));
    assert_eq!(page["with_other_knowledge"], json!({ "yes": 48, "no": 35, "unknown": 11 }));
    assert_eq!(page["contradictions"], json!([]));
    let said = nobody.run(&["survey", SURVEY]).done().stdout;
    for words in ["63 af 94 enheder svarede, svarprocent 67", "32 arbejder med IPS", "48 arbejder med IPS"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Kommunerne"), "no unit bears a municipality's name: {said}");
    assert!(!nobody.home().exists(), "it needs no home and makes none");
}

#[test]
fn units_of_municipalities_stand_on_the_map_and_what_comes_out_reads_in_again() {
    let world = World::new();
    let nobody = world.device("nobody");
    let file = world.folder().join("svar.csv");
    let lines =
        "Jobcenter Slagelse;ja;;\nRingsted;;ja;netværk\nJobcenter Tårnby-Dragør;nej;;\nKøge;;;\nJobcenter 01;ja;;\n";
    std::fs::write(&file, format!("{HEAD}{lines}")).unwrap();
    let file = file.to_str().unwrap();
    let said = nobody.run(&["survey", file]).done().stdout;
    for words in ["SlaJ", "Rsdj", "TårN", "DraN", "Køg?", "Hjø·", "J svarede ja: 1", "N svarede nej: 2", "Jobcenter 01"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let sheet = nobody.run(&["survey", file, "--csv"]).done().stdout;
    let again = world.folder().join("igen.csv");
    std::fs::write(&again, &sheet).unwrap();
    let counted = |file: &str| -> Value { nobody.json(&["survey", file]) };
    assert_eq!(counted(again.to_str().unwrap()), counted(file));
}

#[test]
fn a_line_that_cannot_be_so_and_a_column_nobody_reads_are_told_beside_the_count() {
    let world = World::new();
    let file = world.folder().join("svar.csv");
    std::fs::write(&file, "enhed;svar;viden;grund\nKøge;måske;;\nGreve;ja;;\n").unwrap();
    let ran = world.device("nobody").run(&["survey", file.to_str().unwrap()]);
    assert!(ran.stdout.contains("1 af 1 enhed svarede"), "{}", ran.stdout);
    assert!(ran.stderr.contains("grund") && ran.stderr.contains("måske"), "{}", ran.stderr);
    assert_ne!(ran.code, Some(0));
    let refused = world.device("nobody").refused(&["survey", world.folder().join("ingen.csv").to_str().unwrap()]);
    assert!(!refused.is_empty());
}
