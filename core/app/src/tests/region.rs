//! Figures of groups that leaders give their region: added up with their limits, and refused by name where they cannot be trusted.

use feltbog_domain::Role;
use feltbog_reports::{Measure, Told};

use super::town::{Town, new_case};
use crate::{App, AppError, ForRegion, GivenFile, NewCaseWish, Region, region};

const QUARTER: &str = "31-03-2026";

fn given(name: &str, text: &str) -> GivenFile {
    GivenFile { name: name.into(), text: Some(text.into()) }
}

fn file_of(app: &App) -> ForRegion {
    app.with(|d| d.for_region(None, Some(QUARTER))).unwrap()
}

/// A municipality with so many citizens who entered in the winter.
async fn town_of(citizens: u32) -> Town {
    let town = Town::founded().await;
    for number in 1..=citizens {
        let wish = NewCaseWish { enrolled_on: Some("15-01-2026".into()), ..new_case(&format!("N-{number}"), false) };
        town.leader.with(|d| d.new_case(&wish)).unwrap();
    }
    town
}

fn list(roots: &[(&str, &ForRegion)]) -> String {
    let one = |(name, file): &(&str, &ForRegion)| {
        format!("[[municipality]]\nname = \"{name}\"\nroot = \"{}\"\n", file.fingerprint)
    };
    format!("name = \"Regionen\"\n{}", roots.iter().map(one).collect::<String>())
}

fn sum(region: &Region, measure: Measure) -> (Told, Option<u64>, u64) {
    let row = region.table.as_ref().unwrap().rows.iter().find(|row| row.measure == measure).unwrap();
    (row.sum.told, row.sum.above_may_lack, row.sum.below_may_lack)
}

fn refusals(region: &Region) -> Vec<(&str, &str)> {
    region.refused.iter().map(|(file, why)| (file.as_str(), why.da.as_str())).collect()
}

#[tokio::test]
async fn a_regions_table_has_each_municipality_in_fives_and_sums_with_what_they_may_lack() {
    let (north, south) = (town_of(13).await, town_of(7).await);
    let (of_north, of_south) = (file_of(&north.leader), file_of(&south.leader));
    let away = Fingerprintless::of(&of_north);
    let list = format!("{}{away}", list(&[("Nord", &of_north), ("Syd", &of_south)]));
    let files = [given("s.json", &of_south.text), given("n.json", &of_north.text)];
    let read = region(&files, &list, None).unwrap();
    assert_eq!(refusals(&read), []);
    assert_eq!(read.missing, ["Øst"]);
    assert_eq!(read.municipalities.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Nord", "Syd"]);
    // 13 and 7 are told as 10 and 5: fifteen, and at most twice four more. Nobody has begun or left.
    let told = |above, below| Told { above, below: Some(below) };
    assert_eq!(sum(&read, Measure::EverStarted), (told(0, 15), Some(4 + 9), 8));
    assert_eq!(sum(&read, Measure::PointPrevalence).0, told(0, 15));
    assert_eq!(sum(&read, Measure::AtExit).0, told(0, 0));
    assert_eq!(sum(&read, Measure::PersonsIntoWork).0, Told { above: 0, below: None });
}

/// A municipality of the list that gave nothing.
struct Fingerprintless;

impl Fingerprintless {
    fn of(other: &ForRegion) -> String {
        let mut root = other.fingerprint;
        root.0[0] ^= 1;
        format!("[[municipality]]\nname = \"Øst\"\nroot = \"{root}\"\n")
    }
}

#[tokio::test]
async fn a_file_of_an_unknown_root_two_of_one_municipality_and_one_of_another_quarter_are_refused_by_name() {
    let (north, south) = (town_of(6).await, town_of(6).await);
    let (of_north, of_south) = (file_of(&north.leader), file_of(&south.leader));
    let earlier = north.leader.with(|d| d.for_region(None, Some("31-12-2025"))).unwrap();
    let only_north = list(&[("Nord", &of_north)]);
    let read = region(&[given("n", &of_north.text), given("s", &of_south.text)], &only_north, None).unwrap();
    let [(file, why)] = refusals(&read)[..] else { panic!("{:?}", read.refused) };
    assert!(file == "s" && why.contains(&of_south.fingerprint.to_string()), "{why}");

    let both = list(&[("Nord", &of_north), ("Syd", &of_south)]);
    let files = [given("n1", &of_north.text), given("n2", &of_north.text), given("s", &of_south.text)];
    let read = region(&files, &both, None).unwrap();
    assert_eq!(refusals(&read).iter().map(|(file, _)| *file).collect::<Vec<_>>(), ["n1", "n2"]);
    assert!(refusals(&read)[0].1.starts_with("Nord har flere filer for samme kvartal"));
    assert_eq!(read.missing, ["Nord"]);

    let files = [given("old", &earlier.text), given("s", &of_south.text)];
    let read = region(&files, &both, None).unwrap();
    assert_eq!(refusals(&read), [("old", "Filen gælder kvartalet til 31-12-2025, ikke til 31-03-2026.")]);
    let read = region(&files, &both, Some("31-12-2025")).unwrap();
    assert_eq!((read.missing, refusals_of_names(&read.refused)), (vec!["Syd".to_owned()], vec!["s"]));
}

fn refusals_of_names(refused: &[(String, feltbog_reports::Sentence)]) -> Vec<&str> {
    refused.iter().map(|(file, _)| file.as_str()).collect()
}

#[tokio::test]
async fn whatever_letter_of_a_file_is_changed_it_is_refused_and_other_ends_of_lines_are_not() {
    let town = town_of(6).await;
    let file = file_of(&town.leader);
    let list = list(&[("Nord", &file)]);
    let taken = |text: &str| region(&[given("n", text)], &list, None).unwrap().refused.is_empty();
    assert!(taken(&file.text) && taken(&file.text.replace('\n', "\r\n")) && taken(file.text.trim_end()));
    // Every letter of the figures and every seventh of the proof: a flip of its lowest bit.
    let proof = file.text.find("\"certificates\"").unwrap();
    for at in (0..proof).chain((proof..file.text.trim_end().len()).step_by(7)) {
        let mut bytes = file.text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(!taken(&changed), "a changed letter {at} was not seen");
        }
    }
    let other = file.text.replace("\"definitions\": 1", "\"definitions\": 2");
    let read = region(&[given("n", &other)], &list, None).unwrap();
    assert!(refusals(&read)[0].1.contains("efter at lederen skrev under"), "{:?}", read.refused);
    let none = region(&[GivenFile { name: "n".into(), text: None }], &list, None).unwrap();
    assert!(refusals(&none)[0].1.starts_with("Filen er ikke en kommunes tal"));
    assert!(none.table.is_none());
}

#[tokio::test]
async fn the_leader_alone_writes_the_file_of_a_quarter_that_is_over_and_a_later_leaders_is_taken_as_well() {
    let town = town_of(6).await;
    let deputy = town.colleague("Astrid Bak", Role::Deputy).await;
    let second = town.colleague("Bo Lind", Role::Leader).await;
    assert!(matches!(deputy.with(|d| d.for_region(None, Some(QUARTER))), Err(AppError::NotAllowed(_))));
    for day in ["30-03-2026", "31-12-2099"] {
        assert!(matches!(town.leader.with(|d| d.for_region(None, Some(day))), Err(AppError::Unclear(_))), "{day}");
    }
    let (first, later) = (file_of(&town.leader), file_of(&second));
    assert_eq!(first.fingerprint, later.fingerprint);
    // By an invitation: more certificates lead to it, and none of anybody else or of a wrapped key.
    assert!(region(&[given("n", &later.text)], &list(&[("Nord", &first)]), None).unwrap().refused.is_empty());
    assert!(first.text.len() < 4_000 && later.text.len() < 6_000, "{} {}", first.text.len(), later.text.len());
}

#[tokio::test]
async fn a_file_that_another_municipalitys_leader_signed_is_not_taken_for_this_ones() {
    let (north, south) = (town_of(6).await, town_of(6).await);
    let (of_north, of_south) = (file_of(&north.leader), file_of(&south.leader));
    let list = list(&[("Nord", &of_north)]);
    let part = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(key)).unwrap();
        line.to_owned()
    };
    // The southern leader puts the northern root on top of her own figures, with either's certificates.
    for keys in [&["\"tenant\"", "\"root\""][..], &["\"tenant\"", "\"root\"", "\"certificates\"", "\"signed_by\""]] {
        let forged = keys.iter().fold(of_south.text.clone(), |text, key| {
            text.replace(&part(&of_south.text, key), &part(&of_north.text, key))
        });
        let read = region(&[given("n", &forged)], &list, None).unwrap();
        assert_eq!((read.refused.len(), read.missing.as_slice()), (1, &["Nord".to_owned()][..]));
    }
}

#[test]
fn a_list_with_one_name_or_one_root_twice_is_refused() {
    let root = "0f".repeat(32);
    let one = |name: &str, root: &str| format!("[[municipality]]\nname = \"{name}\"\nroot = \"{root}\"\n");
    let refused = |list: String| region(&[], &format!("name = \"R\"\n{list}"), None).unwrap_err().sentence();
    assert!(refused(one("Nord", &root) + &one("Nord", &"1f".repeat(32))).contains("står to gange"));
    assert!(refused(one("Nord", &root) + &one("Syd", &root)).contains("samme fingeraftryk"));
    assert!(refused(one("Nord", "0f")).contains("linje 4"));
}
