//! Days from entry to something that happened.

use crate::course::{Course, Happened};
use crate::fact_book::FactBook;
use crate::figure::{Detail, Figure};
use crate::question::Question;

/// Who entered in the time that is asked about.
pub(super) fn entered(question: Question, book: &FactBook) -> impl Iterator<Item = Course> {
    book.courses(question.as_of()).into_iter().filter(move |course| question.holds(course.enrolled.on))
}

/// Days from entry to what was the first of its kind, of those to whom it has happened.
pub(super) fn from_entry(question: Question, book: &FactBook, first: impl Fn(&Course) -> Option<Happened>) -> Figure {
    let mut figure = Figure::empty(question);
    let mut all = Vec::new();
    for course in entered(question, book) {
        match first(&course) {
            Some(happened) => {
                all.push(u64::from(course.days_to(happened.on).unsigned_abs()));
                figure.add(Some(course.subject), true, vec![course.enrolled.fact, happened.fact]);
            }
            None => figure.undecided += 1,
        }
    }
    figure.numerator = all.iter().sum();
    figure.details.extend(median(&mut all));
    figure
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
