//! What a budget note needs of a programme: how it stands against its targets, what a year cost, and what does not fit
//! together in its own text.

use jiff::civil::Date;

use crate::contradictions::{Contradiction, contradictions};
use crate::fact_book::FactBook;
use crate::figure::Figure;
use crate::measure::Measure;
use crate::programme::{Programme, per};
use crate::question::{Period, Question, QuestionError};
use crate::scope::Scope;
use crate::target::HeldAgainst;

/// What a reader of a budget note asks first: how many, who works, how soon, how much is done, and whether it lasts.
const FIRST_ASKED: [Measure; 8] = [
    Measure::EverStarted,
    Measure::PointPrevalence,
    Measure::AtExit,
    Measure::DaysToFirstEmployerContact,
    Measure::EmployerContactsPerWeek,
    Measure::Caseload,
    Measure::Retention13Weeks,
    Measure::Retention26Weeks,
];

/// The note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusNote {
    /// The programme's name.
    pub name: String,
    /// The text it was read from.
    pub source: String,
    /// What was counted until the day, of everything since the programme began; nothing where there is nothing to count.
    pub figures: Vec<Figure>,
    /// Its targets.
    pub targets: Vec<HeldAgainst>,
    /// The years that are over, of those it has a budget for.
    pub years: Vec<YearsCost>,
    /// What it saves against the normal effort, by the source; nothing where that is not said, and of one's own citizens alone.
    pub saving: Option<Saving>,
    /// What does not fit together.
    pub contradictions: Vec<Contradiction>,
}

/// What a year cost, by the budget, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearsCost {
    /// The year.
    pub year: i16,
    /// Kroner.
    pub kroner: u64,
    /// Kroner for each place; nothing where the file does not say how many there are.
    pub per_place: Option<u64>,
    /// Persons whose first counted job began in the year ([`Measure::PersonsIntoWork`]).
    pub into_work: u64,
    /// Kroner for each of them; nothing where there is nobody, and where not everybody is counted.
    pub per_person_into_work: Option<u64>,
}

/// What the courses that are over cost less than the normal effort would have, if each cost as much less as the source says. The
/// source's number, times a count; nobody measured it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    /// Kroner, as the source says.
    pub per_course: u64,
    /// Citizens who have left ([`Measure::AtExit`]).
    pub courses: u64,
    /// Kroner for all of them.
    pub kroner: u64,
}

impl StatusNote {
    /// The note on a programme as of a day.
    ///
    /// # Errors
    /// [`QuestionError`] where a target's days are none its measure can be asked for.
    pub fn of(programme: &Programme, book: &FactBook, scope: Scope, today: Date) -> Result<Self, QuestionError> {
        let targets =
            programme.targets.iter().map(|target| target.hold(book, scope, today)).collect::<Result<_, _>>()?;
        let years = programme.years().into_iter().filter_map(|year| cost_of(programme, book, scope, &year, today));
        Ok(Self {
            name: programme.name.clone(),
            source: programme.source.clone(),
            figures: figures(book, today),
            targets,
            years: years.collect(),
            saving: saving_of(programme, book, scope, today),
            contradictions: contradictions(programme),
        })
    }
}

fn figures(book: &FactBook, today: Date) -> Vec<Figure> {
    let questions = FIRST_ASKED.into_iter().filter_map(|measure| Question::new(measure, today, None).ok());
    questions.map(|question| question.answer(book)).filter(|figure| figure.value().is_some()).collect()
}

fn saving_of(programme: &Programme, book: &FactBook, scope: Scope, today: Date) -> Option<Saving> {
    let per_course = programme.baseline.as_ref()?.saving_per_course.filter(|_| scope == Scope::Programme)?;
    let courses = Question::new(Measure::AtExit, today, None).ok()?.answer(book).denominator?;
    Some(Saving { per_course, courses, kroner: per_course.checked_mul(courses)? })
}

/// Nothing for a year that goes on: its whole cost over the part of its results would be a number of nothing.
fn cost_of(programme: &Programme, book: &FactBook, scope: Scope, year: &str, today: Date) -> Option<YearsCost> {
    let number: i16 = year.parse().ok()?;
    let (from, to) = (Date::new(number, 1, 1).ok()?, Date::new(number, 12, 31).ok()?);
    if today <= to {
        return None;
    }
    let question = Question::new(Measure::PersonsIntoWork, to, Period::new(from, to).ok()).ok()?;
    let into_work = question.answer(book).numerator;
    let thousands = programme.cost_of(year)?;
    Some(YearsCost {
        year: number,
        kroner: per(thousands, 1)?,
        per_place: programme.cost_per_place(year),
        into_work,
        per_person_into_work: per(thousands, into_work).filter(|_| scope == Scope::Programme),
    })
}
