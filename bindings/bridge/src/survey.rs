//! A survey among units, from a file; without a device.

use std::collections::BTreeMap;

use feltbog_reports::{Answers, Coverage, HelpWith, KnownFrom, Reason, SurveyCount, Text, Training, WithOther, ratio};
use serde::Serialize;

use crate::reply::{Refused, RefusedLine, SentenceRow};
use crate::views::{rounded, sentence};

/// A survey, counted.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyPage {
    /// Units that were asked.
    pub units: u32,
    /// Units that answered.
    pub answered: u32,
    /// The response rate in whole percent.
    pub response_percent: Option<u64>,
    /// By the answers alone.
    pub answers: AnswersRow,
    /// With what is known from elsewhere of those that did not answer: never added to the other.
    pub with_other_knowledge: WithOtherRow,
    /// From where.
    pub known_from: Vec<NamedCount>,
    /// Units whose answer is not what is known from elsewhere; the answer counts.
    pub disagreeing: Vec<String>,
    /// Why units do not work with the method.
    pub reasons: Vec<NamedCount>,
    /// What partners from outside help with.
    pub help: Vec<NamedCount>,
    /// Whether consultants are trained, of units that answered yes.
    pub training: Vec<NamedCount>,
    /// Units that answered yes and say nothing of it.
    pub training_not_said: u32,
    /// How many citizens are reached.
    pub coverage: CoverageRow,
    /// Where the source says other numbers.
    pub contradictions: Vec<SentenceRow>,
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
}

/// What units said themselves.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "each is its word")]
pub struct AnswersRow {
    pub yes: u32,
    pub no: u32,
    pub no_answer: u32,
}

/// The same with what is known from elsewhere.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "each is its word")]
pub struct WithOtherRow {
    pub yes: u32,
    pub no: u32,
    pub unknown: u32,
}

/// How many units something holds for.
#[derive(Debug, Clone, Serialize)]
pub struct NamedCount {
    /// The word of the file.
    pub name: String,
    /// In Danish.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// How many.
    pub units: u32,
}

/// How many the method reaches of those it is for, over the units that say both.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CoverageRow {
    /// Units that say both.
    pub units: u32,
    /// Whom it is for.
    pub in_target_group: u64,
    /// To whom it was offered, over `units_offered` of these units.
    pub offered: u64,
    /// Units that say to how many it was offered.
    pub units_offered: u32,
    /// Who is in it.
    pub enrolled: u64,
    /// Those who are in it, of those it is for.
    pub share: Option<f64>,
}

/// Reads and counts a survey's file, and holds it against a source that comes with Feltbog or is the text of a file.
///
/// # Errors
/// When either cannot be read, or the source has no survey.
pub fn survey(text: &str, against: Option<&crate::ProgrammeFile>) -> Result<SurveyPage, Refused> {
    let against = against.cloned().map(crate::answer::programme_file);
    let read = feltbog_app::survey(text, against.as_ref()).map_err(crate::session::refused)?;
    let SurveyCount { answers, with_other, coverage, .. } = &read.count;
    Ok(SurveyPage {
        units: answers.units(),
        answered: answers.answered(),
        response_percent: answers.response_percent(),
        answers: answers_row(answers),
        with_other_knowledge: with_other_row(with_other),
        known_from: counts(&read.count.known_from, KnownFrom::ALL, KnownFrom::word, KnownFrom::title),
        disagreeing: read.count.disagreeing.clone(),
        reasons: counts(&read.count.reasons, Reason::ALL, Reason::word, Reason::title),
        help: counts(&read.count.help, HelpWith::ALL, HelpWith::word, HelpWith::title),
        training: counts(&read.count.training, Training::ALL, Training::word, Training::title),
        training_not_said: read.count.training_not_said,
        coverage: coverage_row(coverage),
        contradictions: read.contradictions.into_iter().map(sentence).collect(),
        refused: read.refused.into_iter().map(crate::views::refused_line).collect(),
    })
}

const fn answers_row(Answers { yes, no, no_answer }: &Answers) -> AnswersRow {
    AnswersRow { yes: *yes, no: *no, no_answer: *no_answer }
}

const fn with_other_row(WithOther { yes, no, unknown }: &WithOther) -> WithOtherRow {
    WithOtherRow { yes: *yes, no: *no, unknown: *unknown }
}

fn coverage_row(coverage: &Coverage) -> CoverageRow {
    let Coverage { units, in_target_group, offered, units_offered, enrolled } = *coverage;
    let share = ratio(enrolled, Some(in_target_group)).map(rounded);
    CoverageRow { units, in_target_group, offered, units_offered, enrolled, share }
}

fn counts<T: Copy + Ord>(
    found: &BTreeMap<T, u32>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
    title: impl Fn(T) -> Text,
) -> Vec<NamedCount> {
    let named = |it: &T| {
        let Text { da, en } = title(*it);
        let units = found.get(it).copied().unwrap_or_default();
        NamedCount { name: word(*it).to_owned(), title: da.to_owned(), title_en: en.to_owned(), units }
    };
    all.iter().map(named).collect()
}
