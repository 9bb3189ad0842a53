//! Who is, was, or has come to be at work.

use feltbog_reports::{Measure, Terms};

use crate::builder::{Programme, share};

#[test]
fn whoever_is_enrolled_on_the_census_day_is_counted_and_whoever_left_on_it_is_not() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2021-03-31")
        .person(2, 1)
        .enrolled("2020-01-01")
        .exited("2021-03-31")
        .person(3, 1)
        .enrolled("2020-01-01")
        .job("2021-03-31", 1, 37)
        .person(4, 1)
        .enrolled("2021-04-01");
    let figure = programme.ask(Measure::PointPrevalence, "2021-03-31");
    assert_eq!(share(&figure), (1, 2));
    assert_eq!(figure.evidence.iter().filter(|one| one.counts).count(), 1);
}

#[test]
fn the_three_measures_of_the_sources_differ_on_the_same_people() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .job("2020-03-01", 1, 20)
        .job_over("2020-06-01", 1)
        .person(2, 1)
        .enrolled("2020-01-01")
        .job("2020-03-01", 2, 20)
        .exited("2020-09-01")
        .person(3, 1)
        .enrolled("2020-01-01")
        .exited("2020-09-01")
        .person(4, 1)
        .enrolled("2020-01-01")
        .education("2020-08-15");
    assert_eq!(share(&programme.ask(Measure::EverStarted, "2020-12-31")), (3, 4));
    assert_eq!(share(&programme.ask(Measure::AtExit, "2020-12-31")), (1, 2));
    assert_eq!(share(&programme.ask(Measure::PointPrevalence, "2020-12-31")), (1, 2));
}

#[test]
fn a_job_that_was_lost_and_found_counts_once_and_for_the_day_it_lasts() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .job("2020-02-03", 1, 37)
        .job_over("2020-02-28", 1)
        .job("2020-02-28", 2, 37);
    assert_eq!(share(&programme.ask(Measure::PointPrevalence, "2020-02-27")), (1, 1));
    assert_eq!(share(&programme.ask(Measure::PointPrevalence, "2020-02-28")), (1, 1), "the new one began that day");
    assert_eq!(programme.ask(Measure::PersonsIntoWork, "2020-12-31").numerator, 1);
    let lost =
        Programme::default().person(1, 1).enrolled("2020-01-01").job("2020-02-03", 1, 37).job_over("2020-02-28", 1);
    assert_eq!(share(&lost.ask(Measure::PointPrevalence, "2020-02-28")), (0, 1), "the day after the last is given");
}

#[test]
fn whoever_left_without_reaching_the_goal_is_below_the_line() {
    let programme = Programme::default().person(1, 1).enrolled("2020-01-01").exited("2020-05-01");
    assert_eq!(share(&programme.ask(Measure::AtExit, "2020-12-31")), (0, 1));
    assert_eq!(share(&programme.ask(Measure::EverStarted, "2020-12-31")), (0, 1));
    assert_eq!(share(&programme.ask_in(Measure::AtExit, "2020-05-02", "2020-12-31")), (0, 0), "not in this period");
}

#[test]
fn an_empty_programme_has_no_value_and_one_person_has() {
    let empty = Programme::default();
    for measure in Measure::all() {
        let value = empty.ask(measure, "2020-12-31").value();
        assert_eq!(value, (measure == Measure::PersonsIntoWork).then_some(0.0), "{}", measure.code());
    }
    let one = Programme::default().person(1, 1).enrolled("2020-02-29").job("2020-02-29", 1, 37);
    assert_eq!(one.ask(Measure::PointPrevalence, "2020-02-29").value(), Some(1.0));
}

#[test]
fn a_job_counts_once_four_hours_of_it_are_paid() {
    let programme = Programme::default().person(1, 1).enrolled("2020-01-01").job("2020-02-03", 1, 10);
    assert_eq!(programme.ask(Measure::PersonsIntoWork, "2020-02-04").numerator, 0, "two days of ten hours a week");
    assert_eq!(programme.ask(Measure::PersonsIntoWork, "2020-02-05").numerator, 1);
    let never_came =
        Programme::default().person(1, 1).enrolled("2020-01-01").job("2020-02-03", 1, 4).job_over("2020-02-05", 1);
    assert_eq!(never_came.ask(Measure::PersonsIntoWork, "2020-12-31").numerator, 0);
    assert_eq!(share(&never_came.ask(Measure::EverStarted, "2020-12-31")), (0, 1));
    let unsaid =
        Programme::default().person(1, 1).enrolled("2020-01-01").job_of("2020-02-03", 1, None, Terms::Ordinary);
    assert_eq!(unsaid.ask(Measure::PersonsIntoWork, "2020-02-03").numerator, 1);
}

#[test]
fn praktik_and_subsidised_jobs_are_no_job_and_a_start_without_terms_is_told_of() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .job_of("2020-02-03", 1, Some(20), Terms::Subsidised)
        .person(2, 1)
        .enrolled("2020-01-01")
        .job_of("2020-02-03", 1, Some(20), Terms::NotSaid);
    let figure = programme.ask(Measure::PointPrevalence, "2020-12-31");
    assert_eq!((share(&figure), figure.assumed_ordinary), ((1, 2), 1));
    assert_eq!(programme.ask(Measure::PersonsIntoWork, "2020-12-31").numerator, 1);
}

#[test]
fn whoever_had_a_job_at_entry_is_not_among_those_out_of_work() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled_with_a_job("2020-01-01")
        .job("2020-02-03", 1, 20)
        .person(2, 1)
        .enrolled("2020-01-01")
        .education("2020-02-03");
    assert_eq!(share(&programme.ask(Measure::EmploymentRateOutOfWork, "2020-12-31")), (0, 1), "an education is no job");
}

#[test]
fn a_job_from_before_the_programme_is_none_of_its_results() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-02-01")
        .job("2020-01-15", 1, 20)
        .person(2, 1)
        .enrolled("2020-02-01")
        .exited("2020-03-01")
        .job("2020-03-02", 1, 20)
        .person(3, 1)
        .enrolled("2020-02-01")
        .exited("2020-03-01")
        .job("2020-03-01", 1, 20);
    let figure = programme.ask(Measure::EverStarted, "2020-12-31");
    assert_eq!(share(&figure), (1, 3), "only who left for it on the very day");
}

#[test]
fn the_quarter_counts_whoever_was_there_and_whoever_worked_on_any_of_its_days() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .job("2019-12-01", 1, 37)
        .job_over("2020-01-02", 1)
        .person(2, 1)
        .enrolled("2020-03-31")
        .person(3, 1)
        .enrolled("2019-01-01")
        .exited("2020-01-01")
        .person(4, 1)
        .enrolled("2019-06-01")
        .job("2020-04-01", 1, 37);
    assert_eq!(share(&programme.ask_in(Measure::WorkingInQuarter, "2020-01-01", "2020-03-31")), (1, 3));
    let until_the_first =
        Programme::default().person(1, 1).enrolled("2019-01-01").job("2019-12-01", 1, 37).job_over("2020-01-01", 1);
    assert_eq!(share(&until_the_first.ask_in(Measure::WorkingInQuarter, "2020-01-01", "2020-03-31")), (0, 1));
}
