//! How soon an employer was met.

use super::days;
use crate::course::{Course, Happened};
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::Question;

/// IPS-25, item 15: full score.
const DAYS: i32 = 30;

/// Days from entry to the first meeting with an employer, of those who have had one.
pub(super) fn days(question: Question, book: &FactBook) -> Figure {
    days::from_entry(question, book, first_meeting)
}

/// Of those who entered and had thirty days or a meeting, who had it within them.
pub(super) fn within_30_days(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in days::entered(question, book) {
        let last_seen = course.exited.map_or(question.as_of(), |exit| exit.on);
        match first_meeting(&course) {
            Some(met) => {
                let in_time = course.days_to(met.on) <= DAYS;
                figure.add(Some(course.subject), in_time, vec![course.enrolled.fact, met.fact]);
            }
            None if course.days_to(last_seen) > DAYS => {
                figure.add(Some(course.subject), false, vec![course.enrolled.fact]);
            }
            None => figure.undecided += 1,
        }
    }
    figure
}

/// Days that those who have met no employer have waited, until they left or until the day that is asked for.
pub(crate) fn days_waited(question: Question, book: &FactBook) -> u64 {
    let waiting = days::entered(question, book).filter(|course| first_meeting(course).is_none());
    let waited = waiting.map(|course| course.days_to(course.exited.map_or(question.as_of(), |exit| exit.on)));
    waited.map(|days| u64::from(days.max(0).unsigned_abs())).sum()
}

fn first_meeting(course: &Course) -> Option<Happened> {
    course.first_since(&course.employer_meetings)
}
