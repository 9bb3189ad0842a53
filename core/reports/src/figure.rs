//! An answer: a number with everything that makes it believable.

use feltbog_domain::{FactRef, StaffRef, SubjectRef};

use crate::measure::Unit;
use crate::question::Question;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What was asked.
    pub question: Question,
    /// What is above the line: persons, contacts, or days.
    pub numerator: u64,
    /// What is below it; nothing for a plain count.
    pub denominator: Option<u64>,
    /// Who is in it, and the facts behind each.
    pub evidence: Vec<Evidence>,
    /// Persons of whom it cannot be said yet; they are not below the line.
    pub undecided: u32,
    /// Starts that count as ordinary because nobody said otherwise.
    pub assumed_ordinary: u32,
    /// More to the same measure, by name.
    pub details: Vec<Detail>,
    /// The same broken down.
    pub rows: Vec<Row>,
}

/// One person or piece of work in a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The citizen; nothing for work without a case.
    pub subject: Option<SubjectRef>,
    /// Whether it is above the line as well.
    pub counts: bool,
    /// The facts that say so.
    pub facts: Vec<FactRef>,
}

/// More to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Which.
    pub name: &'static str,
    /// Above the line.
    pub numerator: u64,
    /// Below it.
    pub denominator: Option<u64>,
}

/// One line of a figure that is broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The consultant.
    pub staff: Option<StaffRef>,
    /// Year and number of the ISO week.
    pub week: Option<(i16, i8)>,
    /// How many.
    pub count: u64,
}

impl Figure {
    pub(crate) const fn empty(question: Question) -> Self {
        Self {
            question,
            numerator: 0,
            denominator: Some(0),
            evidence: Vec::new(),
            undecided: 0,
            assumed_ordinary: 0,
            details: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a person or piece of work to a share: below the line, and above it if it counts.
    pub(crate) fn add(&mut self, subject: Option<SubjectRef>, counts: bool, facts: Vec<FactRef>) {
        self.numerator += u64::from(counts);
        self.denominator = self.denominator.map(|below| below + 1);
        self.evidence.push(Evidence { subject, counts, facts });
    }

    /// The number itself; nothing where there is nothing to divide by.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        ratio(self.numerator, self.denominator)
    }

    /// The number as people write it: a share in percent, days with one decimal.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.question.measure().unit()
    }
}

impl Detail {
    /// The number itself; nothing where there is nothing to divide by.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        ratio(self.numerator, self.denominator)
    }
}

/// What is above the line divided by what is below it; nothing where there is nothing to divide by.
#[allow(clippy::cast_precision_loss, reason = "counts of a programme are far below 2^52")]
#[must_use]
pub fn ratio(above: u64, below: Option<u64>) -> Option<f64> {
    match below {
        None => Some(above as f64),
        Some(0) => None,
        Some(below) => Some(above as f64 / below as f64),
    }
}
