//! Which questions are asked, and which figures are set against each other.

use feltbog_reports::{Comparison, Incomparable, Measure, Period, Question, QuestionError};

use crate::builder::{Programme, day};

#[test]
fn a_status_has_no_period_and_a_quarter_is_a_quarter() {
    let period = |from, to| Some(Period::new(day(from), day(to)).unwrap());
    let as_of = day("2020-12-31");
    let asked = |measure, period| Question::new(measure, as_of, period).err();
    assert_eq!(
        asked(Measure::PointPrevalence, period("2020-01-01", "2020-12-31")),
        Some(QuestionError::StatusOfAPeriod)
    );
    assert_eq!(asked(Measure::WorkingInQuarter, period("2020-01-01", "2020-04-30")), Some(QuestionError::NoQuarter));
    assert_eq!(asked(Measure::WorkingInQuarter, period("2020-04-01", "2020-06-30")), None);
    assert_eq!(asked(Measure::AtExit, period("2020-01-01", "2021-01-01")), Some(QuestionError::NotOverYet));
    assert_eq!(Period::new(day("2020-02-02"), day("2020-02-01")), Err(QuestionError::EndsBeforeItBegins));
}

#[test]
fn a_status_is_not_subtracted_from_a_flow_and_two_measures_not_from_each_other() {
    let programme = Programme::default().person(1, 1).enrolled("2020-01-01").job("2020-02-01", 1, 37);
    let status = programme.ask(Measure::PointPrevalence, "2021-03-31");
    let flow = programme.ask_in(Measure::EverStarted, "2020-01-01", "2020-12-31");
    assert_eq!(Comparison::of(&status, &flow), Err(Incomparable::StatusAndFlow));
    let other_flow = programme.ask_in(Measure::AtExit, "2020-01-01", "2020-12-31");
    assert_eq!(Comparison::of(&flow, &other_flow), Err(Incomparable::TwoMeasures));
    let caseload = programme.ask(Measure::Caseload, "2021-03-31");
    assert_eq!(Comparison::of(&status, &caseload), Err(Incomparable::TwoMeasures));
}

#[test]
fn months_are_equally_long_and_a_month_and_a_year_are_not() {
    let programme = Programme::default().person(1, 1).enrolled("2020-01-15").person(2, 1).enrolled("2020-02-15").job(
        "2020-02-20",
        1,
        37,
    );
    let january = programme.ask_in(Measure::EverStarted, "2020-01-01", "2020-01-31");
    let february = programme.ask_in(Measure::EverStarted, "2020-02-01", "2020-02-29");
    let year = programme.ask_in(Measure::EverStarted, "2020-01-01", "2020-12-31");
    assert_eq!(Comparison::of(&january, &february).map(|it| it.difference), Ok(1.0));
    assert_eq!(Comparison::of(&january, &year), Err(Incomparable::UnequalPeriods));
    let nobody = programme.ask_in(Measure::EverStarted, "2019-12-01", "2019-12-31");
    assert_eq!(Comparison::of(&nobody, &january), Err(Incomparable::NoValue));
}

#[test]
fn there_are_eighteen_measures() {
    // The changelog says so, and that a device shows seventeen of them.
    assert_eq!(Measure::all().count(), 18);
}
