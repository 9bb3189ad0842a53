//! What an item was counted from.

use crate::figure::Figure;

/// Two numbers of which one is divided by the other, and what is not known of them. It is not the figure of a measure: an item may
/// divide otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Basis {
    /// Above the line: citizens (item 1), days (15), meetings (17) or jobs.
    pub above: u64,
    /// Below it: full-time consultants, citizens who have met an employer, weeks of consultants, or jobs.
    pub below: f64,
    /// Of so many it is not known, or not decided yet. Jobs of which it is not known stand below the line (19 to 21); a citizen who
    /// has not met an employer does not (15).
    pub undecided: u32,
    /// Jobs that count as ordinary because nobody said otherwise.
    pub assumed_ordinary: u32,
}

impl Basis {
    pub(super) fn of(above: u64, below: f64) -> Self {
        Self { above, below, ..Self::default() }
    }

    /// As the figure has it: what is not decided stands beside it.
    pub(super) fn beside(figure: &Figure) -> Self {
        let below = number(figure.denominator.unwrap_or(0));
        Self {
            undecided: figure.undecided,
            assumed_ordinary: figure.assumed_ordinary,
            ..Self::of(figure.numerator, below)
        }
    }

    /// With what is not decided below the line.
    pub(super) fn among_all(figure: &Figure) -> Self {
        let beside = Self::beside(figure);
        Self { below: beside.below + f64::from(beside.undecided), ..beside }
    }

    /// The one divided by the other; nothing where there is nothing to divide by.
    pub(super) fn value(&self) -> Option<f64> {
        (self.below > 0.0).then(|| number(self.above) / self.below)
    }
}

#[allow(clippy::cast_precision_loss, reason = "what is counted of a programme is far below 2^52")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}
