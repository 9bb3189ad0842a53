//! The items that entries tell of.

use std::collections::BTreeMap;

use feltbog_domain::StaffRef;

use super::WhyNot;
use super::review::{Review, Reviewed};
use crate::fact::Terms;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::Measure;
use crate::question::{Period, Question, QuestionError};
use crate::spell::SpellKind;

/// Item 17: with fewer who look for work the scale asks for less.
const SEEKERS: u64 = 3;
/// Item 21: of fewer jobs a share says little.
const JOBS: u64 = 10;

type Counted = (Result<u8, WhyNot>, Figure);

/// Counts an item.
pub(super) fn item(number: u8, review: &Review, book: &FactBook) -> Result<Counted, QuestionError> {
    let days = Period::new(review.from, review.to)?;
    let flow = |measure| Question::new(measure, days.to, Some(days)).map(|question| question.answer(book));
    let status = |measure| Question::new(measure, days.to, None).map(|question| question.answer(book));
    Ok(match number {
        1 => caseload(review, status(Measure::Caseload)?),
        15 => by_value(flow(Measure::DaysToFirstEmployerContact)?, |days| down(days, [30.0, 60.0, 150.0, 270.0])),
        17 => meetings(review, book, flow(Measure::EmployerContactsPerWeek)?),
        19 => different(flow(Measure::DiversityOfJobs)?),
        20 => different(flow(Measure::DiversityOfEmployers)?),
        _ => competitive(book, status(Measure::PointPrevalence)?.question),
    })
}

/// 20 citizens to a consultant, 25, 30, 40.
fn caseload(review: &Review, figure: Figure) -> Counted {
    #[allow(clippy::cast_precision_loss, reason = "citizens of a programme are far below 2^52")]
    let each = review.full_time.map_or_else(|| figure.value(), |staff| Some(figure.numerator as f64 / staff));
    let points = each.filter(|_| figure.numerator > 0).map(|each| down(each, [20.0, 25.0, 30.0, 40.0]));
    (points.ok_or(WhyNot::NothingToCount), figure)
}

/// Six meetings a week and looked at every week, or every month; four; two.
fn meetings(review: &Review, book: &FactBook, figure: Figure) -> Counted {
    if seekers(book, review).into_values().any(|seekers| seekers < SEEKERS) {
        return (Err(WhyNot::FewSeekWork), figure);
    }
    by_value(figure, |mean| match review.meetings_reviewed {
        Reviewed::Weekly if mean >= 6.0 => 5,
        Reviewed::Monthly if mean >= 6.0 => 4,
        _ if mean >= 4.0 => 3,
        _ if mean >= 2.0 => 2,
        _ => 1,
    })
}

/// For each consultant, how many citizens look for work on the last day.
fn seekers(book: &FactBook, review: &Review) -> BTreeMap<StaffRef, u64> {
    let mut seekers: BTreeMap<StaffRef, u64> = BTreeMap::new();
    for course in book.courses(review.to).iter().filter(|course| course.is_enrolled_on(review.to)) {
        if let Some(staff) = course.staff {
            *seekers.entry(staff).or_default() += u64::from(course.at_work_on(review.to).is_none());
        }
    }
    seekers
}

/// A job of which it is not known could be like another or not.
fn different(figure: Figure) -> Counted {
    settled(figure, |percent| up(percent, [85.0, 70.0, 60.0, 50.0]))
}

/// Jobs on the last day that are both competitive and permanent.
fn competitive(book: &FactBook, question: Question) -> Counted {
    let mut figure = Figure::empty(question);
    let day = question.as_of();
    for course in book.courses(day).iter().filter(|course| course.is_enrolled_on(day)) {
        for spell in course.spells.iter().filter(|spell| spell.covers(day)) {
            let SpellKind::Job(terms) = spell.kind else { continue };
            match (terms.terms, terms.permanent) {
                (Terms::Subsidised, _) => figure.add(Some(course.subject), false, vec![spell.start]),
                (Terms::Ordinary, Some(permanent)) => figure.add(Some(course.subject), permanent, vec![spell.start]),
                (Terms::NotSaid, _) | (Terms::Ordinary, None) => figure.undecided += 1,
            }
        }
    }
    if figure.denominator.unwrap_or(0) + u64::from(figure.undecided) < JOBS {
        return (Err(WhyNot::FewJobs), figure);
    }
    settled(figure, |percent| up(percent, [95.0, 85.0, 75.0, 65.0]))
}

fn by_value(figure: Figure, points: impl Fn(f64) -> u8) -> Counted {
    (figure.value().map(points).ok_or(WhyNot::NothingToCount), figure)
}

/// The points of a share, if they are the same whatever those are of which it is not known.
fn settled(figure: Figure, points: impl Fn(f64) -> u8) -> Counted {
    let (above, known, unknown) = (figure.numerator, figure.denominator.unwrap_or(0), u64::from(figure.undecided));
    let all = known + unknown;
    if all == 0 {
        return (Err(WhyNot::NothingToCount), figure);
    }
    #[allow(clippy::cast_precision_loss, reason = "jobs of a programme are far below 2^52")]
    let percent = |above: u64| above as f64 * 100.0 / all as f64;
    let (least, most) = (points(percent(above)), points(percent(above + unknown)));
    (if least == most { Ok(least) } else { Err(WhyNot::TooLittleKnown) }, figure)
}

/// Five points up to the first bound, and one less beyond each.
fn down(value: f64, bounds: [f64; 4]) -> u8 {
    bounds.iter().zip([5, 4, 3, 2]).find(|(bound, _)| value <= **bound).map_or(1, |(_, points)| points)
}

/// Five points from the first bound on, and one less below each.
fn up(value: f64, bounds: [f64; 4]) -> u8 {
    bounds.iter().zip([5, 4, 3, 2]).find(|(bound, _)| value >= **bound).map_or(1, |(_, points)| points)
}
