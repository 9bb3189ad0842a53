//! Setting two figures, or a figure and a target, against each other.

use jiff::civil::Date;

use crate::figure::Figure;
use crate::measure::{Asks, Measure};

/// The difference of two figures of one measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The measure of both.
    pub measure: Measure,
    /// The later minus the earlier.
    pub difference: f64,
}

/// Why two figures are not set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Incomparable {
    /// A status on a day and what happened in a period answer two questions (a status of 22 % says nothing of a target that 25 % leave for work).
    #[error("one is a status on a day, the other what happened in a period")]
    StatusAndFlow,
    /// They are different measures.
    #[error("they are two different measures")]
    TwoMeasures,
    /// The periods are not equally long.
    #[error("the periods are not equally long")]
    UnequalPeriods,
    /// One of them has no value.
    #[error("one of them has nothing to divide by")]
    NoValue,
}

impl Comparison {
    /// Sets two figures against each other.
    ///
    /// # Errors
    /// [`Incomparable`] with the reason.
    pub fn of(before: &Figure, after: &Figure) -> Result<Self, Incomparable> {
        let (first, second) = (before.question.measure(), after.question.measure());
        comparable(first, second)?;
        if days(before) != days(after) {
            return Err(Incomparable::UnequalPeriods);
        }
        let (Some(from), Some(to)) = (before.value(), after.value()) else { return Err(Incomparable::NoValue) };
        Ok(Self { measure: first, difference: to - from })
    }
}

/// Whether two measures answer the same question.
///
/// # Errors
/// [`Incomparable::StatusAndFlow`] or [`Incomparable::TwoMeasures`].
pub(crate) fn comparable(first: Measure, second: Measure) -> Result<(), Incomparable> {
    if first == second {
        return Ok(());
    }
    let is_status = |measure: Measure| measure.asks() == Asks::Day;
    Err(if is_status(first) == is_status(second) { Incomparable::TwoMeasures } else { Incomparable::StatusAndFlow })
}

/// How long the period is, in months where it is whole months: February is a month as long as any.
fn days(figure: &Figure) -> Option<(i32, i32)> {
    let period = figure.question.period()?;
    let after: Date = period.to.tomorrow().unwrap_or(period.to);
    let span = period.from.until((jiff::Unit::Month, after)).ok()?;
    Some((span.get_months(), span.get_days()))
}
