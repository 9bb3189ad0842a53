//! Who began treatment.

use crate::fact::ReferralState;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::question::Question;

/// Of those who were referred to treatment in the period, who has begun it since.
pub(super) fn starts(question: Question, book: &FactBook) -> Figure {
    let mut figure = Figure::empty(question);
    for course in &book.courses(question.as_of()) {
        let referred: Vec<_> = course.referrals.iter().filter(|(_, it)| question.holds(it.on)).collect();
        let Some((_, first)) = referred.first() else { continue };
        let started = course.referrals.iter().find(|(state, it)| *state == ReferralState::Started && it.on >= first.on);
        let facts = [first.fact].into_iter().chain(started.map(|(_, it)| it.fact).filter(|fact| *fact != first.fact));
        figure.add(Some(course.subject), started.is_some(), facts.collect());
    }
    figure
}
