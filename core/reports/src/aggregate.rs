//! What a municipality tells a region: figures of groups, and nothing else.

use feltbog_domain::ProgrammeId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::coarse::{STEP, coarse, counts_persons, is_told};
use crate::fact_book::FactBook;
use crate::measure::Measure;
use crate::question::{Period, Question, QuestionError};

/// Counts the definitions: figures of two numbers are not added up. It goes up with any change of what a measure means or of how a
/// group is told.
pub const DEFINITIONS: u32 = 1;

/// Signs of the longest name.
const LONGEST_NAME: usize = 200;

/// One programme's figures as they stood at the end of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    /// The programme.
    pub programme: ProgrammeId,
    /// What it is called.
    pub name: String,
    /// Which definitions: [`DEFINITIONS`].
    pub definitions: u32,
    /// The last day of a quarter; everything since the programme began is in it.
    pub as_of: Date,
    /// Every measure that is told of groups, in their order.
    pub figures: Vec<AggregateFigure>,
}

/// One figure, in whole fives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AggregateFigure {
    /// Name of the measure.
    pub measure: String,
    /// What it is called, for whoever opens the file.
    pub title: String,
    /// Above the line.
    pub above: u64,
    /// Below it; nothing for a plain count.
    pub below: Option<u64>,
}

/// Why figures are none that a region adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAggregate {
    /// They were counted by other definitions.
    #[error("the figures are counted by definitions {0}")]
    OtherDefinitions(u32),
    /// The day is no end of a quarter.
    #[error("the day is no end of a quarter")]
    NoCut,
    /// A measure is missing, or there is one too many.
    #[error("the measures are not those that are told of groups")]
    Measures,
    /// A number is not in whole fives, or larger than its whole.
    #[error("the numbers are not told as groups are")]
    Numbers,
    /// The name is empty, too long, or holds signs that are none of a name.
    #[error("the programme has no name that can be shown")]
    Name,
}

impl Aggregate {
    /// The figures of a programme at the end of a quarter.
    ///
    /// # Errors
    /// [`QuestionError`] where the day is no end of a quarter that is over.
    pub fn of(
        (programme, name): (ProgrammeId, &str),
        book: &FactBook,
        as_of: Date,
        today: Date,
    ) -> Result<Self, QuestionError> {
        let figure = |measure| {
            let figure = coarse(Question::at_a_cut(measure, as_of, None, today)?, book);
            let (measure, title) = (measure.code().to_owned(), measure.title().da.to_owned());
            Ok(AggregateFigure { measure, title, above: figure.numerator, below: figure.denominator })
        };
        let figures: Result<_, QuestionError> = told().map(figure).collect();
        let name = name.chars().filter(|sign| !sign.is_control()).take(LONGEST_NAME).collect();
        Ok(Self { programme, name, definitions: DEFINITIONS, as_of, figures: figures? })
    }

    /// Whether the figures can be added up with others'.
    ///
    /// # Errors
    /// [`NoAggregate`] with what is wrong.
    pub fn check(&self) -> Result<(), NoAggregate> {
        if self.definitions != DEFINITIONS {
            return Err(NoAggregate::OtherDefinitions(self.definitions));
        }
        if !FactBook::DAYS.contains(&self.as_of) || self.as_of != Period::quarter_of(self.as_of).to {
            return Err(NoAggregate::NoCut);
        }
        if self.name.is_empty() || self.name.chars().count() > LONGEST_NAME || self.name.contains(char::is_control) {
            return Err(NoAggregate::Name);
        }
        if !told().map(Measure::code).eq(self.figures.iter().map(|figure| figure.measure.as_str())) {
            return Err(NoAggregate::Measures);
        }
        if told().zip(&self.figures).all(|(measure, figure)| figure.is_told_as(measure)) {
            Ok(())
        } else {
            Err(NoAggregate::Numbers)
        }
    }
}

impl AggregateFigure {
    /// Whether the numbers have the form that numbers of this measure are told in.
    fn is_told_as(&self, measure: Measure) -> bool {
        let in_fives = |number: u64| number.is_multiple_of(STEP) && u32::try_from(number).is_ok();
        let nearly_all = |below: u64| counts_persons(measure) && self.above > below.saturating_sub(STEP);
        let has_whole = measure != Measure::PersonsIntoWork;
        in_fives(self.above)
            && self.title == measure.title().da
            && self.below.is_some() == has_whole
            && self.below.is_none_or(|below| in_fives(below) && !nearly_all(below))
    }
}

/// The measures that are told of groups.
pub(crate) fn told() -> impl Iterator<Item = Measure> {
    // When the server had what somebody wrote is nothing a device is told.
    let known_here = |measure: &Measure| *measure != Measure::DaysOccurredToReceived;
    Measure::all().filter(known_here).filter(|measure| is_told(*measure))
}
