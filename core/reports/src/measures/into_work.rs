//! Who came into work.

use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::Question;
use crate::spell::Spell;

/// Of those who entered in the period, who has begun a job or an education since.
pub(super) fn ever_started(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in book.courses(question.as_of()).iter().filter(|course| question.holds(course.enrolled.on)) {
        figure.add_at_work(course, course.first_start(question.as_of()));
    }
    figure
}

/// Persons whose first counted job began in the period.
pub(super) fn persons_into_work(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure { denominator: None, ..Figure::empty(question) };
    for course in &book.courses(question.as_of()) {
        let first = course.job_starts(question.as_of()).next();
        if let Some((_, spell)) = first.filter(|(on, _)| question.holds(*on)) {
            figure.assumed_ordinary += u32::from(spell.is_assumed_ordinary());
            figure.add(Some(course.subject), true, vec![spell.start]);
        }
    }
    figure
}

/// Of those who entered in the period without a job, who has had a competitive one since.
pub(super) fn employment_rate_out_of_work(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in book.courses(question.as_of()).iter().filter(|course| question.holds(course.enrolled.on)) {
        if course.out_of_work != Some(false) {
            figure.add_at_work(course, course.job_starts(question.as_of()).next().map(|(_, spell): (_, &Spell)| spell));
        }
    }
    figure
}
