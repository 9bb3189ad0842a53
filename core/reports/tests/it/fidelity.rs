//! The 25 items of the scale: what entries tell of, what people score, and when a band may be named.

use feltbog_reports::{Band, FactBook, Fidelity, ITEMS, NoReview, Review, Scope, Scored, Scorer, WhyNot};

use crate::builder::Programme;

const COUNTED: [u8; 6] = [1, 15, 17, 19, 20, 21];

pub(crate) fn review(more: &str) -> Review {
    Review::read(&format!("from = \"2024-01-01\"\nto = \"2024-06-30\"\n{more}")).unwrap()
}

pub(crate) fn fidelity(people: &Programme, review: &Review) -> Fidelity {
    Fidelity::of(review, &FactBook::new(people.facts.clone()), Scope::Programme)
}

pub(crate) fn item(fidelity: &Fidelity, number: u8) -> &Scored {
    fidelity.items.iter().find(|scored| scored.item.number == number).unwrap()
}

/// Points for every item but these.
fn scores_but(left_out: &[u8], points: u8) -> String {
    let scored = (1..=25).filter(|number| !left_out.contains(number));
    scored.map(|number| format!("[[scores]]\nitem = {number}\npoints = {points}\n")).collect()
}

/// So many citizens of one consultant, enrolled on the first day.
pub(crate) fn citizens(count: u8) -> Programme {
    (1..=count).fold(Programme::default(), |people, person| people.person(person, 1).enrolled("2024-01-01"))
}

#[test]
fn there_are_25_items_and_six_are_counted_from_entries() {
    assert_eq!(ITEMS.iter().map(|item| item.number).collect::<Vec<_>>(), (1..=25).collect::<Vec<_>>());
    let counted: Vec<u8> = ITEMS.iter().filter(|item| item.counted).map(|item| item.number).collect();
    assert_eq!(counted, COUNTED);
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
    // Of the days to a first meeting, the kinds of jobs and the employers nothing can be counted, and of jobs too little: people did.
    let counted: Vec<u8> =
        scored.items.iter().filter(|it| it.scorer == Scorer::Entries).map(|it| it.item.number).collect();
    assert_eq!(counted, [1, 17]);
    assert_eq!((scored.counted.points, scored.by_people.points), (5 + 1, 23 * 4));
    assert_eq!((scored.counted.of, scored.by_people.of, scored.band), (10, 115, Some(Band::Fair)));
}

#[test]
fn what_people_wrote_of_an_item_that_is_counted_stands_beside_the_count() {
    let written = review("[[scores]]\nitem = 1\npoints = 2\nnote = \"set i april\"\n");
    let scored = fidelity(&citizens(3), &written);
    let caseload = item(&scored, 1);
    assert_eq!((caseload.points, caseload.scorer), (Ok(5), Scorer::Entries));
    let people = caseload.review.as_ref().unwrap();
    assert_eq!((people.points, people.note.as_deref()), (2, Some("set i april")));
}

#[test]
fn of_some_citizens_nothing_that_is_counted_has_points_and_no_band_is_named() {
    let book = FactBook::new(citizens(30).facts);
    let own = Fidelity::of(&review("full_time = 2\n"), &book, Scope::Own);
    for number in COUNTED {
        assert_eq!(item(&own, number).points, Err(WhyNot::OwnOnly), "{number}");
    }
    assert_eq!(item(&own, 1).basis.map(|basis| (basis.above, basis.below)), Some((30, 2.0)), "the figure is shown");
    let scored_by_people = Fidelity::of(&review(&scores_but(&[], 4)), &book, Scope::Own);
    assert_eq!((scored_by_people.counted.open + scored_by_people.by_people.open, scored_by_people.band), (0, None));
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
