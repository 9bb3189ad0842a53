//! Who is at work on a day.

use crate::course::Course;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::{Period, Question};
use crate::spell::Spell;

/// Of those in the programme on the day, who is in a job or an education.
pub(super) fn point_prevalence(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in book.courses(question.as_of()).iter().filter(|course| course.is_enrolled_on(question.as_of())) {
        figure.add_at_work(course, course.at_work_on(question.as_of()));
    }
    figure
}

/// Of those who left in the period, who was in a job or an education on the day of leaving.
pub(super) fn at_exit(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in &book.courses(question.as_of()) {
        if let Some(exit) = course.exited.filter(|exit| question.holds(exit.on)) {
            figure.add_at_work(course, course.at_work_on(exit.on));
        }
    }
    figure
}

/// Of those in the programme on any day of the quarter, who had a day in a competitive job in it.
pub(super) fn working_in_quarter(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    let Period { from, to } = question.period().unwrap_or_else(|| Period::quarter_of(question.as_of()));
    for course in book.courses(question.as_of()).iter().filter(|course| course.is_served_in(from, to)) {
        let job = course.spells.iter().find(|spell| spell.ordinary_job().is_some() && spell.touches(from, to));
        figure.add_at_work(course, job);
    }
    figure
}

impl Figure {
    /// Adds somebody to a share of people at work.
    pub(super) fn add_at_work(&mut self, course: &Course, work: Option<&Spell>) {
        let facts = [course.enrolled.fact].into_iter().chain(work.map(|spell| spell.start)).collect();
        self.assumed_ordinary += u32::from(work.is_some_and(Spell::is_assumed_ordinary));
        self.add(Some(course.subject), work.is_some(), facts);
    }
}
