//! The items that entries tell of.
//!
//! Item 4 is not among them: no fact holds a citizen's treatment team. Nor is item 23: a meeting with the citizen is no fact of its
//! own, and nothing says when a job loss was heard of or what support was wished. People score both.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::StaffRef;
use jiff::civil::Date;

use super::WhyNot;
use super::basis::{Basis, number};
use super::review::{Review, Reviewed};
use crate::course::Course;
use crate::fact::Terms;
use crate::fact_book::FactBook;
use crate::measure::Measure;
use crate::measures::days_waited;
use crate::question::Question;
use crate::spell::SpellKind;

/// Item 17: with fewer who look for work the scale asks for less.
const SEEKERS: u64 = 3;
/// Item 21: of fewer jobs a share says little.
const JOBS: f64 = 10.0;

type Points = Result<u8, WhyNot>;
type Counted = (Points, Basis);

/// Counts an item.
pub(super) fn item(number: u8, review: &Review, book: &FactBook) -> Counted {
    match number {
        1 => caseload(review, book),
        15 => first_meeting(review, book),
        17 => meetings(review, book),
        19 => different(Measure::DiversityOfJobs, review, book),
        20 => different(Measure::DiversityOfEmployers, review, book),
        _ => competitive(book, review.days.to),
    }
}

/// Everybody in the programme on the last day, to each full-time consultant: 20, 25, 30, 40. Where it is not said how many there are,
/// each who is responsible for somebody counts as one.
fn caseload(review: &Review, book: &FactBook) -> Counted {
    let courses = enrolled_on(review.days.to, book);
    let consultants: BTreeSet<StaffRef> = courses.iter().filter_map(|course| course.staff).collect();
    let full_time = review.full_time.unwrap_or_else(|| number(consultants.len() as u64));
    let basis = Basis::of(courses.len() as u64, full_time);
    let each = basis.value().filter(|each| *each > 0.0);
    (each.map(|each| down(each, [20.0, 25.0, 30.0, 40.0])).ok_or(WhyNot::NothingToCount), basis)
}

/// 30 days to the first meeting on average, 60, 150, 270. Who has had none has waited at least so far: where that gives other points
/// than those who have had one, it is not known; where the least that they waited gives one point already, it is one.
fn first_meeting(review: &Review, book: &FactBook) -> Counted {
    let question = Question::over(Measure::DaysToFirstEmployerContact, review.days);
    let basis = Basis::beside(&question.answer(book));
    let with_those_who_wait = Basis {
        above: basis.above + days_waited(question, book),
        below: basis.below + f64::from(basis.undecided),
        ..basis
    };
    let points = |basis: Basis| basis.value().map(|days| down(days, [30.0, 60.0, 150.0, 270.0]));
    let points = match (points(basis), points(with_those_who_wait)) {
        (_, None) => Err(WhyNot::NothingToCount),
        (_, Some(1)) => Ok(1),
        (Some(known), Some(least)) if known == least => Ok(known),
        _ => Err(WhyNot::TooLittleKnown),
    };
    (points, basis)
}

/// Six meetings a week and looked at every week, or every month; four; two. Of the whole weeks in the review: half a week has half its
/// meetings.
fn meetings(review: &Review, book: &FactBook) -> Counted {
    let Some(weeks) = review.days.whole_weeks() else { return (Err(WhyNot::NothingToCount), Basis::default()) };
    let basis = Basis::beside(&Question::over(Measure::EmployerContactsPerWeek, weeks).answer(book));
    let points = match basis.value() {
        None => Err(WhyNot::NothingToCount),
        Some(_) if seekers(review, book).into_values().any(|seekers| seekers < SEEKERS) => Err(WhyNot::FewSeekWork),
        Some(mean) => Ok(match review.meetings_reviewed {
            Reviewed::Weekly if mean >= 6.0 => 5,
            Reviewed::Monthly if mean >= 6.0 => 4,
            _ if mean >= 4.0 => 3,
            _ if mean >= 2.0 => 2,
            _ => 1,
        }),
    };
    (points, basis)
}

/// How many citizens look for work on the last day, for each consultant who was responsible for somebody in the review: also for who
/// has nobody left.
fn seekers(review: &Review, book: &FactBook) -> BTreeMap<StaffRef, u64> {
    let days = review.days;
    let mut seekers: BTreeMap<StaffRef, u64> = BTreeMap::new();
    for course in book.courses(days.to).iter().filter(|course| course.is_served_in(days.from, days.to)) {
        if let Some(staff) = course.staff {
            let seeks = course.is_enrolled_on(days.to) && course.at_work_on(days.to).is_none();
            *seekers.entry(staff).or_default() += u64::from(seeks);
        }
    }
    seekers
}

/// A job of which it is not known could be like another or not.
fn different(measure: Measure, review: &Review, book: &FactBook) -> Counted {
    let basis = Basis::among_all(&Question::over(measure, review.days).answer(book));
    (settled(&basis, [85.0, 70.0, 60.0, 50.0]), basis)
}

/// Jobs on the last day that are both competitive and permanent.
fn competitive(book: &FactBook, day: Date) -> Counted {
    let mut basis = Basis::default();
    for course in enrolled_on(day, book) {
        for spell in course.spells.iter().filter(|spell| spell.covers(day)) {
            let SpellKind::Job(terms) = spell.kind else { continue };
            basis.below += 1.0;
            match (terms.terms, terms.permanent) {
                (Terms::Ordinary, Some(permanent)) => basis.above += u64::from(permanent),
                (Terms::Subsidised, _) => {}
                (Terms::NotSaid, _) | (Terms::Ordinary, None) => basis.undecided += 1,
            }
        }
    }
    let points = if basis.below < JOBS { Err(WhyNot::FewJobs) } else { settled(&basis, [95.0, 85.0, 75.0, 65.0]) };
    (points, basis)
}

fn enrolled_on(day: Date, book: &FactBook) -> Vec<Course> {
    book.courses(day).into_iter().filter(|course| course.is_enrolled_on(day)).collect()
}

/// The points of a share, if they are the same whatever those are of which it is not known.
fn settled(basis: &Basis, bounds: [f64; 4]) -> Points {
    // A hundred times as many first: the percentage of what stands on a bound is the bound.
    let points = |above: u64| Basis::of(above * 100, basis.below).value().map(|percent| up(percent, bounds));
    match (points(basis.above), points(basis.above + u64::from(basis.undecided))) {
        (Some(least), Some(most)) if least == most => Ok(least),
        (None, _) => Err(WhyNot::NothingToCount),
        _ => Err(WhyNot::TooLittleKnown),
    }
}

/// Five points up to the first bound, and one less beyond each.
fn down(value: f64, bounds: [f64; 4]) -> u8 {
    bounds.iter().zip([5, 4, 3, 2]).find(|(bound, _)| value <= **bound).map_or(1, |(_, points)| points)
}

/// Five points from the first bound on, and one less below each.
fn up(value: f64, bounds: [f64; 4]) -> u8 {
    bounds.iter().zip([5, 4, 3, 2]).find(|(bound, _)| value >= **bound).map_or(1, |(_, points)| points)
}
