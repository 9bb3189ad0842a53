//! How different the jobs are.

use std::collections::BTreeSet;

use crate::fact::JobTerms;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::Question;

/// Different kinds of work among the competitive jobs that began in the period (IPS-25, item 19).
pub(super) fn jobs(question: Question, book: &FactBook) -> Figure {
    different(question, book, |terms| terms.job)
}

/// Different employers among them (IPS-25, item 20).
pub(super) fn employers(question: Question, book: &FactBook) -> Figure {
    different(question, book, |terms| terms.employer)
}

/// Jobs of which it is not known are not decided: guessing that they differ would raise the score.
fn different<K: Ord>(question: Question, book: &FactBook, which: impl Fn(&JobTerms) -> Option<K>) -> Figure {
    let mut figure = Figure::empty(question);
    let mut seen = BTreeSet::new();
    for course in &book.courses(question.as_of()) {
        for (_, spell) in course.job_starts(question.as_of()).filter(|(on, _)| question.holds(*on)) {
            figure.assumed_ordinary += u32::from(spell.is_assumed_ordinary());
            match spell.ordinary_job().as_ref().and_then(&which) {
                Some(key) => figure.add(Some(course.subject), seen.insert(key), vec![spell.start]),
                None => figure.undecided += 1,
            }
        }
    }
    figure
}
