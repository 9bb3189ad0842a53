use std::collections::BTreeSet;

use super::*;

fn names(unit: &str) -> Vec<&'static str> {
    let mut names: Vec<_> = places_of(unit).into_iter().map(|place| place.name).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_municipality_has_a_tile_and_three_letters_of_its_own() {
    let tiles: BTreeSet<_> = PLACES.iter().map(|place| (place.column, place.row)).collect();
    let shorts: BTreeSet<_> = PLACES.iter().map(|place| place.short).collect();
    let names: BTreeSet<_> = PLACES.iter().map(|place| place.name).collect();
    assert_eq!((tiles.len(), shorts.len(), names.len()), (98, 98, 98));
    assert!(PLACES.iter().all(|place| place.column < 16 && place.row < 14 && place.short.chars().count() == 3));
}

#[test]
fn the_tiles_lie_as_the_country_does() {
    let of = |name: &str| *PLACES.iter().find(|place| place.name == name).unwrap();
    assert!(of("Skive").column < of("Randers").column, "west of it");
    assert!(of("Aalborg").row < of("Viborg").row && of("Viborg").row < of("Vejle").row, "north of it");
    assert!(of("Odense").column < of("Slagelse").column && of("Slagelse").column < of("København").column);
    assert!(of("Lolland").row > of("Næstved").row);
    assert_eq!(of("Bornholm").column, PLACES.iter().map(|place| place.column).max().unwrap());
    assert_eq!(of("Hjørring").row, 0);
}

#[test]
fn a_unit_is_found_by_its_municipalitys_name_however_it_is_written() {
    for written in
        ["Slagelse", "Jobcenter Slagelse", "slagelse kommune", "  Slagelse Kommunes jobcenter", "JOBCENTER SLAGELSE"]
    {
        assert_eq!(names(written), ["Slagelse"], "{written}");
    }
    assert_eq!(names("Jobcenter Århus"), ["Aarhus"]);
    assert_eq!(names("Åbenrå"), ["Aabenraa"]);
    assert_eq!(names("Jobcenter Nordfyn"), ["Nordfyns"]);
    assert_eq!(names("Københavns Kommune"), ["København"]);
    assert_eq!(names("Høje-Tåstrup"), ["Høje-Taastrup"]);
}

#[test]
fn a_job_centre_that_several_share_is_on_the_tile_of_each() {
    assert_eq!(names("Jobcenter Tårnby-Dragør"), ["Dragør", "Tårnby"]);
    assert_eq!(names("Jobcenter Vallensbæk og Ishøj"), ["Ishøj", "Vallensbæk"]);
    assert_eq!(names("Fanø/Esbjerg"), ["Esbjerg", "Fanø"]);
    assert_eq!(names("Jobcenter Faaborg-Midtfyn"), ["Faaborg-Midtfyn"], "one name with a hyphen");
}

#[test]
fn what_is_no_municipality_is_nowhere() {
    for unknown in ["Jobcenter 01", "", "-", "Slagelse-Atlantis", "Region Sjælland", "jobcenter"] {
        assert!(places_of(unknown).is_empty(), "{unknown}");
    }
}
