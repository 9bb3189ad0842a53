//! Holding what was counted against what a programme aims at.

use jiff::civil::Date;

use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::Asks;
use crate::programme::Target;
use crate::question::{Period, Question, QuestionError};
use crate::scope::Scope;

/// How a programme stands against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The period has not begun.
    NotBegun,
    /// What was counted is of some citizens, and the target of the whole programme.
    OwnOnly,
    /// The period goes on: the figure is of the days so far, and says nothing of the end.
    SoFar,
    /// The period is over, and of some it cannot be said yet; they decide it.
    Undecided,
    /// The period is over, and nobody is below the line.
    Nobody,
    /// The period is over, and the target was reached.
    Reached,
    /// The period is over, and the target was not reached.
    NotReached,
}

/// A target, and what was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAgainst {
    /// The target.
    pub target: Target,
    /// The figure as of the target's last day, or of today while the period goes on; nothing before it begins.
    pub figure: Option<Figure>,
    /// How it stands.
    pub standing: Standing,
}

impl Target {
    /// Holds what was counted against the target, on a day. Once the period is over the answer does not change any more,
    /// unless somebody writes down later what happened in it.
    ///
    /// # Errors
    /// [`QuestionError`] where the target's days are none its measure can be asked for.
    pub fn hold(&self, book: &FactBook, scope: Scope, today: Date) -> Result<HeldAgainst, QuestionError> {
        let target = self.clone();
        if today < self.from {
            self.question(self.to)?;
            return Ok(HeldAgainst { target, figure: None, standing: Standing::NotBegun });
        }
        let figure = self.question(today.min(self.to))?.answer(book);
        let standing = match scope {
            Scope::Own => Standing::OwnOnly,
            Scope::Programme if today <= self.to => Standing::SoFar,
            Scope::Programme => self.at_the_end(&figure),
        };
        Ok(HeldAgainst { target, figure: Some(figure), standing })
    }

    /// Whether its measure can be asked for these days: one of a quarter only for a whole one.
    pub(crate) fn days_go_with_its_measure(&self) -> bool {
        self.question(self.to).is_ok()
    }

    fn question(&self, as_of: Date) -> Result<Question, QuestionError> {
        let whole = Period::new(self.from, self.to)?;
        match self.measure.asks() {
            Asks::Day => Question::new(self.measure, as_of, None),
            Asks::Quarter if whole != Period::quarter_of(self.from) => Err(QuestionError::NoQuarter),
            Asks::Quarter => Question::new(self.measure, as_of, None),
            Asks::Period => Question::new(self.measure, as_of, Some(Period { to: as_of, ..whole })),
        }
    }

    /// Whoever is undecided may end on either side: there is a verdict where both ends give the same.
    fn at_the_end(&self, figure: &Figure) -> Standing {
        let (known, open) = (figure.denominator.unwrap_or_default(), u64::from(figure.undecided));
        let at_worst = self.is_reached_by(figure.numerator, known.saturating_add(open));
        let at_best = self.is_reached_by(figure.numerator.saturating_add(open), known.saturating_add(open));
        match (at_worst, at_best) {
            _ if known == 0 && open == 0 => Standing::Nobody,
            (true, _) => Standing::Reached,
            (false, true) => Standing::Undecided,
            (false, false) => Standing::NotReached,
        }
    }

    /// Of the persons themselves: a rounded percentage would call 24.6 percent of them 25.
    fn is_reached_by(&self, some: u64, all: u64) -> bool {
        some.saturating_mul(100) >= all.saturating_mul(u64::from(self.at_least_percent))
    }
}
