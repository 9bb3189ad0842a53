//! What charts are drawn from says what the figures say.

use feltbog_reports::{Charts, FactBook, MOST_WEEKS, Measure, Period, QuestionError, Stage};

use crate::builder::{Programme, day};

fn charts(programme: &Programme, as_of: &str, period: Option<Period>) -> Charts {
    Charts::of(&FactBook::new(programme.facts.iter().copied()), day(as_of), period).unwrap()
}

fn year(year: &str) -> Option<Period> {
    Some(Period::new(day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))).unwrap())
}

/// Four people: one at work, one whose job is over, one who met an employer late, one who met none and came a year later.
fn four() -> Programme {
    Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .met("2020-01-31", 1)
        .job("2020-03-02", 1, 20)
        .person(2, 2)
        .enrolled("2020-01-01")
        .met("2020-02-01", 1)
        .job("2020-03-02", 2, 20)
        .job_over("2020-06-01", 2)
        .person(3, 1)
        .enrolled("2020-01-01")
        .met("2020-09-28", 1)
        .person(4, 1)
        .enrolled("2021-01-04")
}

#[test]
fn every_stage_counts_those_who_came_so_far_whatever_they_passed() {
    let all = charts(&four(), "2021-02-01", None);
    let stages = [(Stage::Enrolled, 4), (Stage::MetEmployer, 3), (Stage::Started, 2), (Stage::AtWork, 1)];
    assert_eq!(all.funnel, stages);
    let of_2020 = charts(&four(), "2021-02-01", year("2020"));
    assert_eq!(of_2020.funnel.first(), Some(&(Stage::Enrolled, 3)), "only those enrolled in the period");
}

#[test]
fn the_days_to_a_first_meeting_have_the_scales_bounds_and_everybody_stands_once() {
    let drawn = charts(&four(), "2021-02-01", None);
    let waits: Vec<(u16, Option<u16>, u64)> =
        drawn.waits.iter().map(|wait| (wait.from_day, wait.to_day, wait.citizens)).collect();
    let bounds = [(0, Some(30), 1), (31, Some(60), 1), (61, Some(150), 0), (151, Some(270), 0), (271, None, 1)];
    assert_eq!(waits, bounds, "day 30, day 31 and day 271");
    assert_eq!(drawn.met_nobody, 1);
}

#[test]
fn weeks_are_of_all_consultants_together_and_add_up_to_the_figure() {
    let drawn = charts(&four(), "2020-02-09", None);
    let figure = four().ask(Measure::EmployerContactsPerWeek, "2020-02-09");
    assert_eq!(drawn.weeks.iter().map(|week| week.meetings).sum::<u64>(), figure.numerator);
    assert_eq!(drawn.weeks.iter().map(|week| week.consultants).sum::<u64>(), figure.denominator.unwrap());
    let busy = drawn.weeks.iter().find(|week| week.week == (2020, 5)).unwrap();
    assert_eq!((busy.meetings, busy.consultants), (2, 2));
}

#[test]
fn of_many_weeks_the_newest_half_year_is_drawn() {
    let drawn = charts(&four(), "2021-02-01", None);
    assert_eq!(drawn.weeks.len(), MOST_WEEKS);
    assert_eq!(drawn.weeks.last().map(|week| week.week), Some((2021, 5)));
}

#[test]
fn the_caseload_is_the_figures_and_a_period_that_is_not_over_is_refused() {
    let drawn = charts(&four(), "2021-02-01", year("2020"));
    let figure = four().ask(Measure::Caseload, "2021-02-01");
    assert_eq!(drawn.caseload.iter().map(|(_, citizens)| citizens).sum::<u64>(), figure.numerator);
    let early = Charts::of(&FactBook::new(four().facts), day("2020-06-01"), year("2020"));
    assert_eq!(early, Err(QuestionError::NotOverYet));
}
