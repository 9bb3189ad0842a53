//! The items that are counted from entries: each bound of the scale, and where nothing may be counted.

use feltbog_domain::{EmployerRef, JobRef};
use feltbog_reports::{JobTerms, Review, Scorer, Terms, What, WhyNot};

use crate::builder::{Programme, day};
use crate::fidelity::{citizens, fidelity, item, review};

/// A review of a whole year, for what takes longer than half a one.
fn year() -> Review {
    Review::read("from = \"2024-01-01\"\nto = \"2024-12-31\"\n").unwrap()
}

#[test]
fn citizens_per_consultant_have_the_scales_bounds() {
    for (count, points) in [(1, 5), (20, 5), (21, 4), (25, 4), (26, 3), (30, 3), (31, 2), (40, 2), (41, 1)] {
        assert_eq!(item(&fidelity(&citizens(count), &review("")), 1).points, Ok(points), "{count}");
    }
    // Two work part time and are one and a half together.
    let two = (1..=30).fold(Programme::default(), |p, person| p.person(person, person % 2).enrolled("2024-01-01"));
    assert_eq!(item(&fidelity(&two, &review("full_time = 1.5\n")), 1).points, Ok(5));
    assert_eq!(item(&fidelity(&two, &review("full_time = 1.49\n")), 1).points, Ok(4));
}

#[test]
fn days_to_the_first_meeting_have_the_scales_bounds_and_a_telephone_call_is_none() {
    for (met, points) in [
        ("2024-01-31", 5),
        ("2024-02-01", 4),
        ("2024-03-01", 4),
        ("2024-03-02", 3),
        ("2024-05-30", 3),
        ("2024-05-31", 2),
        ("2024-09-27", 2),
        ("2024-09-28", 1),
    ] {
        let people = citizens(1).met(met, 1);
        assert_eq!(item(&fidelity(&people, &year()), 15).points, Ok(points), "{met}");
    }
    let called = citizens(1).called("2024-01-02", 1);
    assert_eq!(item(&fidelity(&called, &review("")), 15).points, Err(WhyNot::TooLittleKnown));
    assert_eq!(item(&fidelity(&Programme::default(), &review("")), 15).points, Err(WhyNot::NothingToCount));
}

#[test]
fn six_meetings_a_week_are_full_points_only_where_somebody_goes_through_them_every_week() {
    for (meetings, reviewed, points) in [
        (6, "weekly", 5),
        (6, "monthly", 4),
        (6, "seldom", 3),
        (5, "weekly", 3),
        (4, "weekly", 3),
        (3, "weekly", 2),
        (2, "weekly", 2),
        (1, "weekly", 1),
        (0, "weekly", 1),
    ] {
        let scored = fidelity(
            &weekly(1, meetings, "2024-01-01", "2024-06-30"),
            &review(&format!("meetings_reviewed = \"{reviewed}\"\n")),
        );
        assert_eq!(item(&scored, 17).points, Ok(points), "{meetings} {reviewed}");
    }
}

#[test]
fn where_fewer_than_three_look_for_work_people_score_the_meetings() {
    let two = citizens(2).person(1, 1).met("2024-01-08", 1);
    assert_eq!(item(&fidelity(&two, &review("")), 17).points, Err(WhyNot::FewSeekWork));
    let third_at_work = citizens(3).person(3, 1).job("2024-02-01", 1, 20);
    assert_eq!(item(&fidelity(&third_at_work, &review("")), 17).points, Err(WhyNot::FewSeekWork));
    let by_people = review("[[scores]]\nitem = 17\npoints = 4\nnote = \"to borgere\"\n");
    let scored = fidelity(&two, &by_people);
    let meetings = item(&scored, 17);
    assert_eq!((meetings.points, meetings.scorer), (Ok(4), Scorer::People));
    assert_eq!(meetings.review.as_ref().and_then(|score| score.note.as_deref()), Some("to borgere"));
}

#[test]
fn whoever_has_no_consultant_is_one_of_the_citizens_all_the_same() {
    let mut people = citizens(21);
    people.facts.last_mut().unwrap().staff = None;
    for (full_time, points, below) in [("", 4, 1.0), ("full_time = 1.0\n", 4, 1.0), ("full_time = 1.5\n", 5, 1.5)] {
        let scored = fidelity(&people, &review(full_time));
        let caseload = item(&scored, 1);
        let basis = caseload.basis.unwrap();
        assert_eq!((caseload.points, basis.above, basis.below), (Ok(points), 21, below), "{full_time}");
    }
}

#[test]
fn who_has_met_no_employer_has_waited_at_least_so_far() {
    // One of fifty met an employer after five days; the others never did.
    let one_of_fifty = citizens(50).person(1, 1).met("2024-01-06", 1);
    let points = |people: &Programme, review: &Review| item(&fidelity(people, review), 15).points;
    assert_eq!(points(&one_of_fifty, &review("")), Err(WhyNot::TooLittleKnown));
    // After a year even the least that they waited is more than 270 days on average.
    assert_eq!(points(&one_of_fifty, &year()), Ok(1));
    // Who came last week changes nothing yet, and is told of.
    let newcomer = citizens(3).met("2024-01-11", 1).person(1, 1).met("2024-01-11", 1).person(2, 1).met("2024-01-11", 1);
    let newcomer = newcomer.person(4, 1).enrolled("2024-06-24");
    let scored = fidelity(&newcomer, &review(""));
    let basis = item(&scored, 15).basis.unwrap();
    assert_eq!((item(&scored, 15).points, basis.above, basis.below, basis.undecided), (Ok(5), 30, 3.0, 1));
    // Who left without one has waited until then.
    let left = citizens(2).person(1, 1).met("2024-01-06", 1).person(2, 1).exited("2024-01-08");
    assert_eq!(points(&left, &year()), Ok(5));
}

/// Three citizens of each consultant, and in each week that begins in the period so many meetings of each.
fn weekly(consultants: u8, meetings: u8, from: &str, to: &str) -> Programme {
    let mut people = (0..consultants * 3)
        .fold(Programme::default(), |people, person| people.person(person, person / 3).enrolled("2024-01-01"));
    let mut on = day(from);
    while on <= day(to) {
        for (consultant, employer) in (0..consultants).flat_map(|it| (0..meetings).map(move |employer| (it, employer)))
        {
            people = people.person(consultant * 3, consultant).met(&on.to_string(), employer);
        }
        on = on.checked_add(jiff::ToSpan::days(7)).unwrap();
    }
    people
}

#[test]
fn six_meetings_in_every_week_are_six_whatever_day_the_review_begins_on() {
    // Thursdays from the first of January 2025, a Wednesday, to the last of June, a Monday.
    let people = weekly(2, 6, "2025-01-02", "2025-06-30");
    for (from, to) in [
        ("2025-01-01", "2025-06-30"),
        ("2025-01-06", "2025-06-29"),
        ("2025-01-07", "2025-06-28"),
        ("2025-01-05", "2025-01-13"),
    ] {
        let review = Review::read(&format!("from = \"{from}\"\nto = \"{to}\"\nmeetings_reviewed = \"weekly\"\n"));
        let scored = fidelity(&people, &review.unwrap());
        let basis = item(&scored, 17).basis.unwrap();
        #[allow(clippy::cast_precision_loss, reason = "a few hundred meetings")]
        let mean = basis.above as f64 / basis.below;
        assert_eq!((item(&scored, 17).points, mean), (Ok(5), 6.0), "{from} {to}");
    }
    let no_whole_week = Review::read("from = \"2025-01-07\"\nto = \"2025-01-18\"\n").unwrap();
    assert_eq!(item(&fidelity(&people, &no_whole_week), 17).points, Err(WhyNot::NothingToCount));
}

#[test]
fn a_consultant_whose_citizens_have_left_has_none_who_look_for_work() {
    let people = weekly(1, 6, "2024-01-01", "2024-06-30");
    let people = people.person(90, 9).enrolled("2024-01-01").exited("2024-06-01");
    let people = people.person(91, 9).enrolled("2024-01-01").exited("2024-06-01").met("2024-02-05", 1);
    assert_eq!(item(&fidelity(&people, &review("")), 17).points, Err(WhyNot::FewSeekWork));
    // Whoever left before the review is none of it.
    let before = weekly(1, 4, "2024-01-01", "2024-06-30").person(90, 9).enrolled("2023-01-01").exited("2024-01-01");
    assert_eq!(item(&fidelity(&before, &review("")), 17).points, Ok(3));
}

/// So many competitive jobs, so many of them different, and of so many it is not known.
fn jobs(all: u8, different: u8, unknown: u8) -> Programme {
    (1..=all).fold(Programme::default(), |people, person| {
        // The first of those that are alike is different from the others.
        let kind = if person <= different { person } else { 1 };
        let known = person <= all - unknown;
        let terms = JobTerms {
            employer: known.then(|| EmployerRef::new([kind; 16])),
            job: known.then(|| JobRef::new([kind; 16])),
            hours_per_week: Some(20),
            permanent: None,
            terms: if person == all { Terms::NotSaid } else { Terms::Ordinary },
        };
        people.person(person, 1).enrolled("2024-01-01").what("2024-02-01", What::JobStarted(terms))
    })
}

#[test]
fn kinds_of_jobs_and_employers_have_the_scales_bounds() {
    for (different, points) in
        [(100, 5), (85, 5), (84, 4), (70, 4), (69, 3), (60, 3), (59, 2), (50, 2), (49, 1), (1, 1)]
    {
        let scored = fidelity(&jobs(100, different, 0), &review(""));
        for number in [19, 20] {
            let basis = item(&scored, number).basis.unwrap();
            assert_eq!(item(&scored, number).points, Ok(points), "{different} different, item {number}");
            assert_eq!((basis.above, basis.below, basis.assumed_ordinary), (u64::from(different), 100.0, 1));
        }
    }
}

#[test]
fn what_is_not_known_of_jobs_leaves_a_share_open_only_where_it_changes_the_points() {
    for (known_and_different, unknown, points) in [
        (90, 10, Ok(5)),
        (85, 15, Ok(5)),
        (84, 16, Err(WhyNot::TooLittleKnown)),
        (40, 9, Ok(1)),
        (40, 10, Err(WhyNot::TooLittleKnown)),
    ] {
        let scored = fidelity(&jobs(100, known_and_different, unknown), &review(""));
        for number in [19, 20] {
            let basis = item(&scored, number).basis.unwrap();
            assert_eq!(item(&scored, number).points, points, "{known_and_different} and {unknown}, item {number}");
            assert_eq!((basis.below, basis.undecided), (100.0, u32::from(unknown)), "all that was divided is shown");
        }
    }
}

#[test]
fn ten_jobs_are_needed_for_a_share_of_permanent_ones_and_what_nobody_said_leaves_it_open() {
    let jobs = |all: u8, permanent: u8, unsaid: u8| {
        (1..=all).fold(Programme::default(), |people, person| {
            let people = people.person(person, 1).enrolled("2024-01-01");
            let permanent = if person <= unsaid { None } else { Some(person - unsaid <= permanent) };
            people.permanent_job("2024-02-01", person, permanent)
        })
    };
    let points = |people: &Programme| item(&fidelity(people, &review("")), 21).points;
    assert_eq!(points(&jobs(9, 9, 0)), Err(WhyNot::FewJobs));
    for (all, permanent, expected) in [
        (10, 10, 5),
        (20, 19, 5),
        (20, 18, 4),
        (20, 17, 4),
        (20, 16, 3),
        (20, 15, 3),
        (20, 14, 2),
        (20, 13, 2),
        (20, 12, 1),
    ] {
        assert_eq!(points(&jobs(all, permanent, 0)), Ok(expected), "{permanent} of {all}");
    }
    // 19 or 20 of 20: five points either way. 17 to 20: four or five.
    assert_eq!(points(&jobs(20, 19, 1)), Ok(5));
    assert_eq!(points(&jobs(20, 17, 3)), Err(WhyNot::TooLittleKnown));
    // Who works with a subsidy has no competitive job.
    let subsidised = (1..=10).fold(Programme::default(), |people, person| {
        people.person(person, 1).enrolled("2024-01-01").job_of("2024-02-01", person, Some(20), Terms::Subsidised)
    });
    assert_eq!(points(&subsidised), Ok(1));
}
