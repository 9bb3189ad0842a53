//! How long jobs last, and how different they are.

use feltbog_reports::{Measure, Terms};

use crate::builder::{Programme, share};

#[test]
fn ninety_one_days_after_the_start_in_this_or_another_job() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .job("2020-02-01", 1, 20)
        .job_over("2020-05-02", 1)
        .person(2, 1)
        .enrolled("2020-01-01")
        .job("2020-02-01", 1, 20)
        .job_over("2020-03-01", 1)
        .job("2020-05-02", 2, 20)
        .person(3, 1)
        .enrolled("2020-01-01")
        .job("2020-02-02", 1, 20);
    let figure = programme.ask(Measure::Retention13Weeks, "2020-05-02");
    assert_eq!((share(&figure), figure.undecided), ((1, 2), 1), "day 91 after 1 February is 2 May");
    assert_eq!(share(&programme.ask(Measure::Retention13Weeks, "2020-05-03")), (2, 3));
    assert_eq!(programme.ask(Measure::Retention26Weeks, "2020-07-31").undecided, 3);
}

#[test]
fn jobs_are_different_by_employer_and_what_is_unknown_raises_no_score() {
    let mut programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .job("2020-02-01", 1, 20)
        .job("2020-03-01", 2, 20)
        .person(2, 1)
        .enrolled("2020-01-01")
        .job("2020-02-01", 1, 20)
        .job_of("2020-04-01", 7, Some(20), Terms::Subsidised);
    assert_eq!(share(&programme.ask(Measure::DiversityOfEmployers, "2020-12-31")), (2, 3));
    assert_eq!(share(&programme.ask(Measure::DiversityOfJobs, "2020-12-31")), (1, 3));
    programme = programme.person(3, 1).enrolled("2020-01-01").what(
        "2020-02-01",
        feltbog_reports::What::JobStarted(feltbog_reports::JobTerms {
            employer: None,
            job: None,
            hours_per_week: None,
            permanent: None,
            terms: Terms::Ordinary,
        }),
    );
    let figure = programme.ask(Measure::DiversityOfEmployers, "2020-12-31");
    assert_eq!((share(&figure), figure.undecided), ((2, 3), 1));
}
