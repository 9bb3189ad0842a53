//! How soon an employer was met.

use crate::course::Course;
use crate::fact_book::FactBook;
use crate::figure::{Detail, Figure};
use crate::question::Question;

/// IPS-25, item 15: full score.
const DAYS: i32 = 30;

/// Days from entry to the first meeting with an employer, of those who have had one.
pub(super) fn days(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let mut all = Vec::new();
    for course in entered(question, book) {
        match first_meeting_days(&course) {
            Some((days, fact)) => {
                all.push(u64::from(days.unsigned_abs()));
                figure.add(Some(course.subject), true, vec![course.enrolled.fact, fact]);
            }
            None => figure.undecided += 1,
        }
    }
    figure.numerator = all.iter().sum();
    figure.details.extend(median(&mut all));
    figure
}

/// Of those who entered and had thirty days or a meeting, who had it within them.
pub(super) fn within_30_days(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in entered(question, book) {
        let last_seen = course.exited.map_or(question.as_of(), |exit| exit.on);
        match first_meeting_days(&course) {
            Some((days, fact)) => {
                figure.add(Some(course.subject), days <= DAYS, vec![course.enrolled.fact, fact]);
            }
            None if course.days_to(last_seen) > DAYS => {
                figure.add(Some(course.subject), false, vec![course.enrolled.fact]);
            }
            None => figure.undecided += 1,
        }
    }
    figure
}

fn entered(question: Question, book: &FactBook) -> impl Iterator<Item = Course> {
    book.courses(question.as_of()).into_iter().filter(move |course| question.holds(course.enrolled.on))
}

fn first_meeting_days(course: &Course) -> Option<(i32, feltbog_domain::FactRef)> {
    let met = course.first_since(&course.employer_meetings)?;
    Some((course.days_to(met.on), met.fact))
}

/// The middle one; of an even number the mean of the two in the middle.
pub(super) fn median(all: &mut [u64]) -> Option<Detail> {
    all.sort_unstable();
    let middle = all.len() / 2;
    let upper = *all.get(middle)?;
    let (numerator, below) = match middle.checked_sub(1).and_then(|lower| all.get(lower)) {
        Some(lower) if all.len().is_multiple_of(2) => (lower + upper, 2),
        _ => (upper, 1),
    };
    Some(Detail { name: "median", numerator, denominator: Some(below) })
}
