//! How soon a placement at a company began.

use feltbog_domain::Limit;

use super::first_contact::median;
use crate::course::Course;
use crate::fact_book::FactBook;
use crate::figure::{Detail, Figure};
use crate::question::Question;

/// Of those who entered and had the month or a placement, who had it within one month (31 January and a month is the last of
/// February).
pub(super) fn within_a_month(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let mut began_instead = 0;
    for course in entered(question, book) {
        let last_day = Limit::Month.due(course.enrolled.on);
        let last_seen = course.exited.map_or(question.as_of(), |exit| exit.on);
        match course.first_since(&course.placements) {
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
    let mut figure = Figure::empty(question);
    let mut all = Vec::new();
    for course in entered(question, book) {
        match course.first_since(&course.placements) {
            Some(placed) => {
                all.push(u64::from(course.days_to(placed.on).unsigned_abs()));
                figure.add(Some(course.subject), true, vec![course.enrolled.fact, placed.fact]);
            }
            None => figure.undecided += 1,
        }
    }
    figure.numerator = all.iter().sum();
    figure.details.extend(median(&mut all));
    figure
}

fn entered(question: Question, book: &FactBook) -> impl Iterator<Item = Course> {
    book.courses(question.as_of()).into_iter().filter(move |course| question.holds(course.enrolled.on))
}
