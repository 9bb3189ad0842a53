//! Meetings with employers, placements, treatment, and how long work lay on a phone.

use feltbog_reports::{Measure, ReferralState};

use crate::builder::{Programme, detail, share};

#[test]
fn only_meetings_stop_the_thirty_days_and_day_thirty_is_in_time() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .met("2020-01-31", 1)
        .person(2, 1)
        .enrolled("2020-01-01")
        .called("2020-01-03", 1)
        .met("2020-02-01", 1)
        .person(3, 1)
        .enrolled("2020-01-01")
        .person(4, 1)
        .enrolled("2020-03-01")
        .person(5, 1)
        .enrolled("2020-02-20")
        .exited("2020-03-01");
    let within = programme.ask(Measure::FirstEmployerContactWithin30Days, "2020-03-15");
    assert_eq!((share(&within), within.undecided), ((1, 3), 2), "two have not had their thirty days");
    let days = programme.ask(Measure::DaysToFirstEmployerContact, "2020-03-15");
    assert_eq!(share(&days), (30 + 31, 2));
    assert_eq!(detail(&days, "median"), (61, Some(2)));
    assert_eq!(days.undecided, 3);
}

#[test]
fn a_meeting_from_before_the_enrolment_is_not_the_first_in_the_programme() {
    let programme = Programme::default().person(1, 1).met("2019-12-30", 1).enrolled("2020-01-01").met("2020-01-11", 1);
    assert_eq!(share(&programme.ask(Measure::DaysToFirstEmployerContact, "2020-12-31")), (10, 1));
}

#[test]
fn the_citizens_own_interview_is_the_first_meeting_and_none_of_the_consultants() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-06")
        .what("2020-01-08", feltbog_reports::What::Interviewed { face_to_face: true });
    assert_eq!(share(&programme.ask(Measure::DaysToFirstEmployerContact, "2020-01-12")), (2, 1));
    assert_eq!(share(&programme.ask(Measure::EmployerContactsPerWeek, "2020-01-12")), (0, 1));
}

#[test]
fn a_month_from_the_last_of_january_ends_with_february() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-31")
        .what("2020-02-29", feltbog_reports::What::Placed)
        .person(2, 1)
        .enrolled("2021-01-31")
        .what("2021-03-01", feltbog_reports::What::Placed)
        .person(3, 1)
        .enrolled("2021-01-31")
        .job("2021-02-10", 1, 20);
    let figure = programme.ask(Measure::PlacementWithinAMonth, "2021-12-31");
    assert_eq!(share(&figure), (1, 3));
    assert_eq!(detail(&figure, "began_work_instead").0, 1);
    assert_eq!(share(&programme.ask(Measure::DaysToPlacement, "2021-12-31")), (29 + 29, 2));
    let not_over = programme.ask(Measure::PlacementWithinAMonth, "2021-02-28");
    assert_eq!((share(&not_over), not_over.undecided), ((1, 1), 2));
}

#[test]
fn one_visit_about_two_citizens_is_one_meeting_and_two_in_a_week_are_two() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-06")
        .contact("2020-01-07", 1, Some(9), true, true)
        .person(2, 1)
        .enrolled("2020-01-06")
        .contact("2020-01-07", 1, Some(9), true, true)
        .met("2020-01-09", 1)
        .called("2020-01-10", 1)
        .contact("2020-01-10", 1, None, true, false);
    let figure = programme.ask_in(Measure::EmployerContactsPerWeek, "2020-01-06", "2020-01-19");
    assert_eq!(share(&figure), (2, 2), "two meetings in two weeks of one consultant");
    let rows: Vec<_> = figure.rows.iter().map(|row| (row.week.unwrap(), row.count)).collect();
    assert_eq!(rows, [((2020, 2), 2), ((2020, 3), 0)]);
}

#[test]
fn the_last_days_of_a_year_may_lie_in_the_first_week_of_the_next() {
    let programme = Programme::default().person(1, 1).enrolled("2019-12-30").met("2019-12-31", 1);
    let figure = programme.ask_in(Measure::EmployerContactsPerWeek, "2019-12-30", "2020-01-05");
    assert_eq!(figure.rows.iter().map(|row| row.week.unwrap()).collect::<Vec<_>>(), [(2020, 1)]);
    assert_eq!(share(&figure), (1, 1));
}

#[test]
fn a_week_stands_below_the_line_while_the_consultant_is_responsible_for_somebody() {
    let programme =
        Programme::default().person(1, 1).enrolled("2020-01-06").exited("2020-01-13").person(2, 2).met("2020-01-14", 1);
    let figure = programme.ask_in(Measure::EmployerContactsPerWeek, "2020-01-06", "2020-01-26");
    assert_eq!(share(&figure), (1, 2), "one week of the one, and the week in which the other met somebody");
}

#[test]
fn the_caseload_is_of_the_day_and_says_who_has_nobody() {
    let mut programme = Programme::default();
    for person in 1..=21 {
        programme = programme.person(person, 1).enrolled("2020-01-01");
    }
    for person in 22..=47 {
        programme = programme.person(person, 2).enrolled("2020-01-01");
    }
    programme = programme.person(50, 1).enrolled("2020-01-01").exited("2020-02-01");
    programme.facts.last_mut().unwrap().staff = None;
    let figure = programme.ask(Measure::Caseload, "2020-02-01");
    assert_eq!(share(&figure), (47, 2));
    assert_eq!((detail(&figure, "over_20").0, detail(&figure, "over_25").0), (2, 1));
}

#[test]
fn a_referral_counts_when_treatment_began_after_it() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .referred("2020-02-01", ReferralState::Offered)
        .referred("2020-03-01", ReferralState::Started)
        .person(2, 1)
        .enrolled("2020-01-01")
        .referred("2020-02-01", ReferralState::Accepted)
        .person(3, 1)
        .enrolled("2020-01-01");
    assert_eq!(share(&programme.ask(Measure::TreatmentStarts, "2020-12-31")), (1, 2));
}

#[test]
fn what_is_still_on_a_phone_is_counted_apart() {
    let programme = Programme::default()
        .person(1, 1)
        .enrolled("2020-01-01")
        .received("2020-01-03")
        .met("2020-01-05", 1)
        .received("2020-01-04")
        .met("2020-01-06", 1);
    let figure = programme.ask(Measure::DaysOccurredToReceived, "2020-12-31");
    assert_eq!((share(&figure), figure.undecided), ((2, 2), 1), "a clock that ran ahead lay there for no time");
}
