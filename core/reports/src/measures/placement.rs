//! How soon a placement at a company began.

use feltbog_domain::Limit;

use super::days;
use crate::course::{Course, Happened};
use crate::fact_book::FactBook;
use crate::figure::{Detail, Figure};
use crate::question::Question;

/// Of those who entered and had the month or a placement, who had it within one month (31 January and a month is the last of
/// February).
pub(super) fn within_a_month(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let mut began_instead = 0;
    for course in days::entered(question, book) {
        let last_day = Limit::Month.due(course.enrolled.on);
        let last_seen = course.exited.map_or(question.as_of(), |exit| exit.on);
        match first_placement(&course) {
            Some(placed) => {
                figure.add(Some(course.subject), placed.on <= last_day, vec![course.enrolled.fact, placed.fact]);
            }
            None if last_seen > last_day => {
                began_instead += u64::from(course.first_start(question.as_of()).is_some_and(|s| s.from <= last_day));
                figure.add(Some(course.subject), false, vec![course.enrolled.fact]);
            }
            None => figure.undecided += 1,
        }
    }
    // A job within the month is better than a placement, and is none.
    figure.details.push(Detail { name: "began_work_instead", numerator: began_instead, denominator: None });
    figure
}

/// Days from entry to the first placement, of those who have had one.
pub(super) fn days(question: Question, book: &FactBook) -> Figure {
    days::from_entry(question, book, first_placement)
}

fn first_placement(course: &Course) -> Option<Happened> {
    course.first_since(&course.placements)
}
