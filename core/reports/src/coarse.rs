//! Figures for somebody who must not learn of any single person: an evaluator, a region.
//!
//! Hiding numbers under five is not enough: two figures that differ by one citizen give that one away. Rounding each number is not
//! enough either. Where a whole and its parts are told (who was served, who left, who is there), or a part that grows only with its
//! whole (who left for a job, and who left), nought and five in the right places say that there is somebody where only a few can be. So
//! five things are held to, and `tests` tries every small programme:
//!
//! - Every number is rounded down to whole fives, always the same way.
//! - Every number is of everything since the programme began, as it stood at the end of a quarter that is over
//!   ([`crate::Question::at_a_cut`]): what is told later holds what was told before, and nothing is the sum of quarters.
//! - Of a group as little is told when it is nearly all as when it is nearly none: at most five fewer than the whole it is part of.
//! - No number is told that others add up to. Who is there on a day is not counted but reckoned: those who entered less those who
//!   left, both as told. What cannot be told so is not told ([`is_told`]).
//! - Of those who left, as many are looked at as are told, the first ones: what is told of them changes only when five more have left.

#[cfg(test)]
mod tests;

use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::{Measure, Unit};
use crate::question::Question;

/// The smallest group anybody may tell from none: whatever is told is in whole steps of it.
pub(crate) const STEP: u64 = 5;

/// Whether a measure is told to somebody who sees groups alone.
#[must_use]
pub const fn is_told(measure: Measure) -> bool {
    match measure {
        // With the others they would say how many had a job on entry, were served in a quarter or have no consultant.
        Measure::EmploymentRateOutOfWork | Measure::WorkingInQuarter | Measure::Caseload => false,
        // How many have met an employer grows with those who met one in time; in between there may be one.
        Measure::DaysToFirstEmployerContact | Measure::DaysToPlacement => false,
        // Who is still in work after so many days grows with those whose days are over.
        Measure::Retention13Weeks | Measure::Retention26Weeks => false,
        Measure::EverStarted
        | Measure::AtExit
        | Measure::PointPrevalence
        | Measure::PersonsIntoWork
        | Measure::FirstEmployerContactWithin30Days
        | Measure::PlacementWithinAMonth
        | Measure::EmployerContactsPerWeek
        | Measure::DiversityOfJobs
        | Measure::DiversityOfEmployers
        | Measure::DaysOccurredToReceived
        | Measure::TreatmentStarts => true,
    }
}

/// The answer in whole fives to what was asked with [`crate::Question::at_a_cut`], without anything that is about fewer: who is
/// behind it, consultants, middle values, of how many it cannot be said.
#[must_use]
pub fn coarse(question: Question, book: &FactBook) -> Figure {
    let figure = question.answer(book);
    let (numerator, denominator) = match (figure.unit(), figure.denominator) {
        (Unit::Days, Some(entries)) => {
            (whole_days(figure.numerator, entries) * in_fives(entries), Some(in_fives(entries)))
        }
        _ if counts_persons(question.measure()) => {
            let counts = Counts::of(&figure, book);
            (counts.part_told(), figure.denominator.map(|_| counts.whole_told()))
        }
        _ => (in_fives(figure.numerator), figure.denominator.map(in_fives)),
    };
    Figure { numerator, denominator, ..Figure::empty(question) }
}

/// Whether what is counted are citizens, and not meetings, entries, companies or kinds of work.
pub(crate) const fn counts_persons(measure: Measure) -> bool {
    !matches!(
        measure,
        Measure::EmployerContactsPerWeek
            | Measure::DiversityOfJobs
            | Measure::DiversityOfEmployers
            | Measure::DaysOccurredToReceived
    )
}

/// How many there are of citizens, before anything is rounded.
#[derive(Debug, Clone, Copy)]
struct Counts {
    /// Who ever entered.
    entered: u64,
    /// Whom the part is part of.
    whole: Whole,
    /// Above the line.
    part: u64,
}

/// What stands below the line.
#[derive(Debug, Clone, Copy)]
enum Whole {
    /// Everybody who ever entered.
    Entered,
    /// Some of them.
    Some(u64),
    /// Those who have not left, of whom so many have.
    There { left: u64 },
}

impl Counts {
    fn of(figure: &Figure, book: &FactBook) -> Self {
        let question = figure.question;
        let below = |measure| question.instead(measure).answer(book).denominator.unwrap_or_default();
        let (whole, part) = match question.measure() {
            Measure::PointPrevalence => (Whole::There { left: below(Measure::AtExit) }, figure.numerator),
            Measure::AtExit | Measure::TreatmentStarts => {
                let part = match question.measure() {
                    Measure::AtExit => first_left_at_work(question, book),
                    _ => figure.numerator,
                };
                (Whole::Some(figure.denominator.unwrap_or_default()), part)
            }
            // Not those of whom it can be said yet: with those who left they would be all who entered before.
            _ => (Whole::Entered, figure.numerator),
        };
        Self { entered: below(Measure::EverStarted), whole, part }
    }

    const fn whole_told(self) -> u64 {
        let all = in_fives(self.entered);
        match self.whole {
            Whole::Entered => all,
            Whole::Some(some) => part_of(all, some),
            Whole::There { left } => all - part_of(all, left),
        }
    }

    const fn part_told(self) -> u64 {
        part_of(self.whole_told(), self.part)
    }
}

/// What is told of a part of so many as are told: nearly all of them are as few as nearly none.
const fn part_of(whole_told: u64, part: u64) -> u64 {
    let (most, part) = (whole_told.saturating_sub(STEP), in_fives(part));
    if part < most { part } else { most }
}

/// Of those who left first, as many as are told, who left for a job or an education.
fn first_left_at_work(question: Question, book: &FactBook) -> u64 {
    let courses = book.courses(question.as_of());
    let mut left: Vec<_> = courses.iter().filter_map(|course| Some((course.exited?, course))).collect();
    left.sort_by_key(|(exit, _)| (exit.on, exit.fact));
    let told = left.len() - left.len() % (STEP as usize);
    left.iter().take(told).filter(|(exit, course)| course.at_work_on(exit.on).is_some()).count() as u64
}

const fn in_fives(number: u64) -> u64 {
    number - number % STEP
}

/// The mean in whole days: of fewer than five it is not told, since their number becomes nought.
fn whole_days(days: u64, entries: u64) -> u64 {
    (days + entries / 2).checked_div(entries).unwrap_or_default()
}
