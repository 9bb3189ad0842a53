//! The 25 items of the scale: what entries tell of, what people score, and when a band may be named.

use feltbog_reports::{Band, FactBook, Fidelity, ITEMS, NoReview, Review, Scored, Terms, WhyNot};

use crate::builder::{Programme, day};

const COUNTED: [u8; 6] = [1, 15, 17, 19, 20, 21];

fn review(more: &str) -> Review {
    Review::read(&format!("from = \"2024-01-01\"\nto = \"2024-06-30\"\n{more}")).unwrap()
}

fn fidelity(people: &Programme, review: &Review) -> Fidelity {
    Fidelity::of(review, &FactBook::new(people.facts.clone())).unwrap()
}

fn item(fidelity: &Fidelity, number: u8) -> &Scored {
    fidelity.items.iter().find(|scored| scored.item.number == number).unwrap()
}

/// Points for every item but these.
fn scores_but(left_out: &[u8], points: u8) -> String {
    let scored = (1..=25).filter(|number| !left_out.contains(number));
    scored.map(|number| format!("[[scores]]\nitem = {number}\npoints = {points}\n")).collect()
}

/// So many citizens of one consultant, enrolled on the first day.
fn citizens(count: u8) -> Programme {
    (1..=count).fold(Programme::default(), |people, person| people.person(person, 1).enrolled("2024-01-01"))
}

#[test]
fn there_are_25_items_and_six_are_counted_from_entries() {
    assert_eq!(ITEMS.iter().map(|item| item.number).collect::<Vec<_>>(), (1..=25).collect::<Vec<_>>());
    let counted: Vec<u8> = ITEMS.iter().filter(|item| item.counted).map(|item| item.number).collect();
    assert_eq!(counted, COUNTED);
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
    ] {
        let people = citizens(1).met(met, 1);
        assert_eq!(item(&fidelity(&people, &review("")), 15).points, Ok(points), "{met}");
    }
    let called = citizens(1).called("2024-01-02", 1);
    assert_eq!(item(&fidelity(&called, &review("")), 15).points, Err(WhyNot::NothingToCount));
}

#[test]
fn six_meetings_a_week_are_full_points_only_where_somebody_goes_through_them_every_week() {
    // Three citizens, and in each of the 26 weeks so many meetings.
    let weekly = |meetings: u8| {
        let mut people = citizens(3);
        let mut on = day("2024-01-01");
        while on <= day("2024-06-30") {
            for employer in 0..meetings {
                people = people.person(1, 1).met(&on.to_string(), employer);
            }
            on = on.checked_add(jiff::ToSpan::days(7)).unwrap();
        }
        people
    };
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
        let scored = fidelity(&weekly(meetings), &review(&format!("meetings_reviewed = \"{reviewed}\"\n")));
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
    assert_eq!((item(&scored, 17).points, item(&scored, 17).note.as_deref()), (Ok(4), Some("to borgere")));
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
    for (all, permanent, expected) in
        [(10, 10, 5), (20, 19, 5), (20, 18, 4), (20, 17, 4), (20, 16, 3), (20, 13, 2), (20, 12, 1)]
    {
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

#[test]
fn no_band_is_named_before_all_25_are_scored() {
    let people = citizens(3);
    let scored = fidelity(&people, &review(&scores_but(&[9], 4)));
    assert_eq!((scored.band, scored.by_people.open), (None, 1));
    let scored = fidelity(&people, &review(&scores_but(&[], 4)));
    // Entries say 5 of the caseload and 1 of the meetings, whatever people wrote; the others are theirs.
    assert_eq!((item(&scored, 1).points, item(&scored, 17).points), (Ok(5), Ok(1)));
    assert_eq!((scored.counted.open, scored.by_people.open), (0, 0));
    assert_eq!(scored.counted.points + scored.by_people.points, 5 + 1 + 23 * 4);
    assert_eq!((scored.counted.of, scored.by_people.of, scored.band), (30, 95, Some(Band::Fair)));
}

#[test]
fn the_bands_begin_where_the_scale_says() {
    for (points, band) in [
        (25, Band::NotSupportedEmployment),
        (73, Band::NotSupportedEmployment),
        (74, Band::Fair),
        (99, Band::Fair),
        (100, Band::Good),
        (114, Band::Good),
        (115, Band::Exemplary),
        (125, Band::Exemplary),
    ] {
        assert_eq!(Band::of(points), band, "{points}");
    }
}

#[test]
fn an_empty_programme_has_no_points_that_nobody_gave() {
    let scored = fidelity(&Programme::default(), &review(""));
    assert!(scored.items.iter().all(|scored| scored.points.is_err()), "{scored:?}");
    assert_eq!((scored.counted.open, scored.by_people.open, scored.band), (6, 19, None));
}

#[test]
fn a_file_that_is_no_review_is_refused_with_the_reason() {
    let refused = |text: &str| Review::read(text).unwrap_err();
    let days = "from = \"2024-01-01\"\nto = \"2024-06-30\"\n";
    let score = |item: u8, points: u8| format!("[[scores]]\nitem = {item}\npoints = {points}\n");
    assert_eq!(refused(&format!("{days}{}", score(26, 3))), NoReview::NoItem(26));
    assert_eq!(refused(&format!("{days}{}", score(0, 3))), NoReview::NoItem(0));
    assert_eq!(refused(&format!("{days}{}", score(2, 6))), NoReview::Points(2));
    assert_eq!(refused(&format!("{days}{}", score(2, 0))), NoReview::Points(2));
    assert_eq!(refused(&format!("{days}{}{}", score(2, 3), score(2, 4))), NoReview::Twice(2));
    assert_eq!(refused("from = \"2024-06-30\"\nto = \"2024-01-01\"\n"), NoReview::EndsBeforeItBegins);
    assert_eq!(refused(&format!("{days}full_time = 0\n")), NoReview::FullTime);
    assert_eq!(refused(&format!("{days}full_time = nan\n")), NoReview::FullTime);
    assert!(matches!(refused("hello"), NoReview::Unreadable(why) if why.line == 1));
}
