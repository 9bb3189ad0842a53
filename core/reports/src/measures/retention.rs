//! Who is still at work.

use jiff::ToSpan;

use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::Question;

/// 91 days.
pub(super) const THIRTEEN_WEEKS: i32 = 13 * 7;
/// 182 days.
pub(super) const TWENTY_SIX_WEEKS: i32 = 26 * 7;

/// Of those whose first counted job began in the period, so long ago, who is in this or another competitive job so many days later.
pub(super) fn after(question: Question, book: &FactBook, days: i32) -> Figure {
    let mut figure = Figure::empty(question);
    for course in &book.courses(question.as_of()) {
        let first = course.job_starts(question.as_of()).next();
        let Some((began, first)) = first.filter(|(on, _)| question.holds(*on)) else { continue };
        let day = began.saturating_add(days.days());
        if day > question.as_of() {
            figure.undecided += 1;
            continue;
        }
        let still = course.spells.iter().find(|spell| spell.ordinary_job().is_some() && spell.covers(day));
        figure.assumed_ordinary += u32::from(first.is_assumed_ordinary());
        let facts =
            [first.start].into_iter().chain(still.map(|spell| spell.start).filter(|start| *start != first.start));
        figure.add(Some(course.subject), still.is_some(), facts.collect());
    }
    figure
}
