use super::*;
use crate::survey::{Demand, KnownFrom, SurveyCount};

fn unit(name: &str, answer: Option<bool>, known: Option<bool>) -> SurveyUnit {
    SurveyUnit {
        unit: name.to_owned(),
        answer,
        known: known.map(|works| (works, KnownFrom::Network)),
        reasons: Vec::new(),
        help: Vec::new(),
        training: None,
        demand: Demand::default(),
    }
}

fn says(map: &SurveyMap, name: &str) -> TileSays {
    map.tiles.iter().find(|tile| tile.place.name == name).unwrap().says
}

#[test]
fn an_answer_and_what_is_known_from_elsewhere_look_different_on_the_map() {
    let units = [
        unit("Jobcenter Slagelse", Some(true), None),
        unit("Ringsted", None, Some(true)),
        unit("Sorø", Some(false), Some(true)),
        unit("Greve", None, Some(false)),
        unit("Køge", None, None),
    ];
    let map = SurveyMap::of(&units);
    assert_eq!(says(&map, "Slagelse"), TileSays::AnsweredYes);
    assert_eq!(says(&map, "Ringsted"), TileSays::KnownYes);
    assert_eq!(says(&map, "Sorø"), TileSays::AnsweredNo, "its own answer counts");
    assert_eq!(says(&map, "Greve"), TileSays::KnownNo);
    assert_eq!(says(&map, "Køge"), TileSays::Unknown);
    assert_eq!(says(&map, "Lejre"), TileSays::NotAsked);
    assert_eq!(map.tiles.len(), 98);
}

#[test]
fn two_units_of_one_municipality_that_disagree_are_not_smoothed() {
    let units = [unit("København", Some(true), None), unit("Jobcenter København", Some(false), None)];
    let map = SurveyMap::of(&units);
    assert_eq!(says(&map, "København"), TileSays::Several);
    let alike = SurveyMap::of(&[unit("København", None, None), unit("Jobcenter København", None, None)]);
    assert_eq!(says(&alike, "København"), TileSays::Unknown);
}

#[test]
fn a_unit_that_is_nowhere_on_the_map_is_named_and_counted_all_the_same() {
    let units = [unit("Jobcenter 01", Some(true), None), unit("Slagelse", Some(true), None)];
    assert_eq!(SurveyMap::of(&units).nowhere, ["Jobcenter 01"]);
    assert_eq!(SurveyCount::of(&units).answers.yes, 2);
}
