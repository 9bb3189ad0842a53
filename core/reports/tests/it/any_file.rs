//! A file is somebody's own: whatever stands in it, there is an answer or a refusal.

use feltbog_reports::{FactBook, NoProgramme, Programme, Scope, StatusNote, contradictions};
use proptest::prelude::*;

use crate::builder::day;

/// A programme that says everything a file can, with a name in place of each number.
const FILE: &str = r#"
name = "P"
source = "s.txt"
track = "drugs"
form = "ips_drugs"
from = "2022-01-01"
to = "2025-12-31"
target_group = "voksne"
years_said = YEARS_SAID
least_age = LEAST_AGE
municipalities_said = MUNICIPALITIES_SAID
consultants = CONSULTANTS
citizens_at_least = CITIZENS_AT_LEAST
caseload_limit = CASELOAD_LIMIT
placement_within_months = PLACEMENT_WITHIN_MONTHS
principles_said = PRINCIPLES_SAID
sites = [{ name = "S", count = SITE_COUNT, staff = SITE_STAFF, staff_from = "employment" }]
funders = [{ name = "A", kroner = FUNDER_A }, { name = "B", kroner = FUNDER_B }]
published = [
    { measure = "ever_started", numerator = NUMERATOR, denominator = DENOMINATOR, percent = PERCENT, says = "" },
    { measure = "ever_started", denominator = ALONE_DENOMINATOR, percent = ALONE_PERCENT, says = "" },
]
headline = { percent = HEADLINE, group = "alle", says = "" }
targets = [{ measure = "ever_started", at_least_percent = AT_LEAST, from = "2022-01-01", to = "2022-12-31", says = "" }]
baseline = { measure = "ever_started", what = "W", improvement_percent = IMPROVEMENT, unit = "not_said", saving_per_course = SAVING, says = "" }
costs = [
    { what = "C", thousands = { 2022 = COST_A, 2023 = COST_B }, total_said = COST_SAID },
    { what = "D", thousands = { 2022 = COST_C }, total_said = 1 },
]
costs_said = { each_year = EACH_YEAR, total = TOTAL, in_the_text = IN_THE_TEXT }
granted = { says = "", in_the_text = GRANTED_TEXT, thousands = { 2019 = GRANTED } }
survey = { units = UNITS, answered = ANSWERED, response_percent = RESPONSE, yes = YES, no = NO, no_answer = NONE, says = "", with_other_knowledge = { yes = KNOWN_YES, no = KNOWN_NO, unknown = UNKNOWN, says = "" } }
"#;

/// The numbers a file can hold, in the order they stand there.
fn places() -> Vec<&'static str> {
    let names = FILE.split(|c: char| !(c.is_ascii_uppercase() || c == '_')).filter(|word| word.len() > 1);
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase())).collect()
}

/// The file with a number in each place.
fn file(number: impl Fn(usize) -> i64) -> String {
    places()
        .iter()
        .enumerate()
        .fold(FILE.to_owned(), |file, (at, name)| file.replacen(&format!("= {name}"), &format!("= {}", number(at)), 1))
}

/// Everything that is counted from a file.
fn everything(text: &str) -> Result<(), NoProgramme> {
    let read = Programme::read(text)?;
    for found in contradictions(&read) {
        assert!(found.sentence().da.ends_with('.'));
    }
    for year in read.years() {
        let _ = (read.cost_of(&year), read.cost_per_place(&year), read.cost_per_outcome(&year, u8::MAX));
    }
    let _ = (read.total_cost(), read.places(), read.funding());
    StatusNote::of(&read, &FactBook::default(), Scope::Programme, day("2026-01-01")).unwrap();
    Ok(())
}

/// Both ends of every kind of number, and one beyond.
const ENDS: [i64; 12] = [
    i64::MIN,
    -1,
    0,
    1,
    u8::MAX as i64,
    u8::MAX as i64 + 1,
    u16::MAX as i64,
    u16::MAX as i64 + 1,
    u32::MAX as i64,
    u32::MAX as i64 + 1,
    i64::MAX - 1,
    i64::MAX,
];

#[test]
fn each_number_of_a_file_may_be_any_number_there_is() {
    assert_eq!(places().len(), 39);
    everything(&file(|_| 100)).unwrap();
    for (at, name) in places().into_iter().enumerate() {
        for end in ENDS {
            // Refused or answered: either is right, and neither ends the program.
            let outcome = everything(&file(|place| if place == at { end } else { 100 }));
            assert!(outcome.is_err() || end >= 0 || name == "YEARS_SAID", "{name} = {end}");
        }
    }
}

#[test]
fn a_programme_with_no_consultant_at_all_is_refused() {
    let consultants = places().iter().position(|name| *name == "CONSULTANTS").unwrap();
    assert!(everything(&file(|place| i64::from(place != consultants))).is_err());
}

#[test]
fn of_very_many_persons_a_share_is_found_without_trying_each() {
    let of = |percent: u8, below: u32| {
        let read = Programme::read(&format!(
            "name = \"P\"\nsource = \"s\"\ntrack = \"drugs\"\nform = \"ips\"\ntarget_group = \"x\"\n\
             [[published]]\nmeasure = \"ever_started\"\ndenominator = {below}\npercent = {percent}\nsays = \"\"\n"
        ));
        contradictions(&read.unwrap()).is_empty()
    };
    for below in 0..120_u32 {
        let rounded = |above: u32| (above * 200 + below).checked_div(below * 2).unwrap_or(0);
        for percent in 0..=110_u8 {
            let tried = (0..=below).any(|above| rounded(above) == u32::from(percent));
            assert_eq!(of(percent, below), tried, "{percent} % of {below}");
        }
    }
    assert!(of(37, u32::MAX) && !of(101, u32::MAX));
}

proptest! {
    #[test]
    fn any_numbers_together_have_an_answer_or_a_refusal(
        numbers in prop::collection::vec(prop_oneof![prop::sample::select(ENDS.to_vec()), 0..1_000_i64, any::<i64>()], 39)
    ) {
        let _ = everything(&file(|place| numbers[place]));
    }

    #[test]
    fn the_largest_numbers_that_are_read_together_have_an_answer(
        which in prop::collection::vec(prop::sample::select(vec![1_i64, 250, i64::from(u16::MAX), i64::from(u32::MAX)]), 39)
    ) {
        // As large as each may be: a number that is refused is taken for a smaller one.
        let fits = |place: usize| {
            let alone = |number| everything(&file(|at| if at == place { number } else { 1 })).is_ok();
            [which[place], 250, 1].into_iter().find(|number| alone(*number)).unwrap_or(1)
        };
        let largest: Vec<i64> = (0..places().len()).map(fits).collect();
        prop_assert!(everything(&file(|place| largest[place])).is_ok());
    }

    #[test]
    fn any_text_at_all_is_a_programme_or_none(text in "\\PC*") {
        let _ = everything(&text);
    }
}
