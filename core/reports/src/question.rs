//! What is asked: a measure, and when.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::coarse::is_told;
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::{Asks, Measure};

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// A period that does not end before it begins.
    ///
    /// # Errors
    /// [`QuestionError::EndsBeforeItBegins`].
    pub fn new(from: Date, to: Date) -> Result<Self, QuestionError> {
        if from <= to { Ok(Self { from, to }) } else { Err(QuestionError::EndsBeforeItBegins) }
    }

    /// The quarter of the year that a day lies in.
    #[must_use]
    pub fn quarter_of(day: Date) -> Self {
        let first_month = (day.month() - 1) / 3 * 3 + 1;
        let from = Date::new(day.year(), first_month, 1).unwrap_or(day);
        Self { from, to: from.saturating_add(2.months()).last_of_month() }
    }

    /// The whole weeks in it, from a Monday to a Sunday; nothing where there is none.
    #[must_use]
    pub fn whole_weeks(&self) -> Option<Self> {
        let (first, last) = (self.from.weekday().to_monday_zero_offset(), self.to.weekday().to_monday_zero_offset());
        let from = self.from.checked_add(((7 - first) % 7).days()).ok()?;
        let to = self.to.checked_sub(((last + 1) % 7).days()).ok()?;
        Self::new(from, to).ok()
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// The last day lies before the first.
    #[error("the period ends before it begins")]
    EndsBeforeItBegins,
    /// A period was given for a status.
    #[error("a status is of one day and has no period")]
    StatusOfAPeriod,
    /// The period is no quarter of a year.
    #[error("the measure is of one quarter of a year")]
    NoQuarter,
    /// The period ends after the day it is asked for.
    #[error("the period ends after the day the figure is for")]
    NotOverYet,
    /// Whoever sees groups alone is told of everything until the end of a quarter.
    #[error("groups are told of everything until the end of a quarter that is over")]
    NoCut,
    /// The measure would tell small groups apart.
    #[error("the measure is not told to whoever sees groups alone")]
    NotTold,
}

/// A measure, and when. What is known later than `as_of` is not looked at, so that the same question has the same answer for ever,
/// unless somebody writes down later what happened before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    measure: Measure,
    as_of: Date,
    period: Option<Period>,
}

impl Question {
    /// Asks for a measure as of the end of a day.
    ///
    /// # Errors
    /// [`QuestionError`] when the period does not go with the measure.
    pub fn new(measure: Measure, as_of: Date, period: Option<Period>) -> Result<Self, QuestionError> {
        if period.is_some_and(|period| period.to > as_of) {
            return Err(QuestionError::NotOverYet);
        }
        let period = match (measure.asks(), period) {
            (Asks::Day, Some(_)) => return Err(QuestionError::StatusOfAPeriod),
            (Asks::Quarter, Some(period)) if period != Period::quarter_of(period.from) => {
                return Err(QuestionError::NoQuarter);
            }
            (Asks::Quarter, None) => Some(Period { to: as_of, ..Period::quarter_of(as_of) }),
            (_, period) => period,
        };
        Ok(Self { measure, as_of, period })
    }

    /// Asks as somebody may who sees groups alone: of everything since the programme began, at the end of a quarter that is over.
    /// What later such questions are about holds what earlier ones are about, and none is about a sum of others.
    ///
    /// # Errors
    /// [`QuestionError`] for any other days, and for a measure that is not told to such people.
    pub fn at_a_cut(measure: Measure, as_of: Date, period: Option<Period>, today: Date) -> Result<Self, QuestionError> {
        if as_of >= today {
            return Err(QuestionError::NotOverYet);
        }
        if as_of != Period::quarter_of(as_of).to || period.is_some() {
            return Err(QuestionError::NoCut);
        }
        if !is_told(measure) {
            return Err(QuestionError::NotTold);
        }
        Self::new(measure, as_of, None)
    }

    /// The same days for another measure that is asked for a period. What is asked of a day is asked of all days until then.
    pub(crate) const fn instead(self, measure: Measure) -> Self {
        Self { measure, ..self }
    }

    /// Asks for what happened in a period, as of its end. For measures that are asked for a period: there it cannot go wrong.
    pub(crate) const fn over(measure: Measure, period: Period) -> Self {
        Self { measure, as_of: period.to, period: Some(period) }
    }

    /// The measure.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// The day at whose end it is answered.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.as_of
    }

    /// The period; nothing for a status, and for everything since the programme began.
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        self.period
    }

    /// Whether a day lies in the period.
    pub(crate) fn holds(&self, day: Date) -> bool {
        day <= self.as_of && self.period.is_none_or(|period| period.holds(day))
    }

    /// The answer.
    #[must_use]
    pub fn answer(self, book: &FactBook) -> Figure {
        crate::measures::answer(self, book)
    }
}
