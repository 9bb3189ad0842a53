//! The files that show what a programme's own file and a review's look like.

use feltbog_reports::{Measure, Programme, Review, Reviewed, contradictions};

use crate::builder::day;

#[test]
fn the_example_of_a_review_says_everything_that_a_review_can() {
    let review = Review::read(include_str!("../../examples/gennemgang.toml")).unwrap();
    assert_eq!((review.days.from, review.days.to), (day("2024-01-01"), day("2024-06-30")));
    assert_eq!((review.full_time, review.meetings_reviewed), (Some(2.5), Reviewed::Weekly));
    let scores: Vec<_> = review.scores.iter().map(|score| (score.item, score.points, score.note.is_some())).collect();
    assert_eq!(scores, [(4, 4, true), (9, 5, false)]);
}

#[test]
fn the_example_of_a_programme_has_a_target_and_a_budget_that_adds_up() {
    let text = include_str!("../../examples/program.toml");
    let programme = Programme::read(text).unwrap();
    assert_eq!(programme.targets[0].measure, Measure::EverStarted);
    assert_eq!((programme.places(), programme.cost_per_place("2022")), (Some(75), Some(24_987)));
    assert_eq!(contradictions(&programme), []);
    let must_stand_there = text.split("# Konsulenter og").next().unwrap();
    assert!(Programme::read(must_stand_there).is_ok(), "the first five lines alone are a programme");
}
