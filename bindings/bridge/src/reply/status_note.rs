//! How a programme stands against its file.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The note.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatusNotePage {
    /// The programme that was counted.
    pub programme: String,
    /// The name of the programme it is held against, as the file has it.
    pub name: String,
    /// The text the file was read from.
    pub source: String,
    /// The day it holds for.
    pub at: String,
    /// `programme`, or `own` where this device sees its own citizens only.
    pub scope: String,
    /// Its targets.
    pub targets: Vec<TargetRow>,
    /// The years that are over, of those it has a budget for.
    pub years: Vec<YearsCostRow>,
    /// What is saved against the normal effort, by the source.
    #[serde(default)]
    pub saving: Option<SentenceRow>,
    /// What does not fit together in the file's own text.
    pub contradictions: Vec<SentenceRow>,
}

/// A target, and what was counted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TargetRow {
    /// The source's words.
    pub says: String,
    /// The measure's name.
    pub measure: String,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// At least so many percent.
    pub at_least_percent: u32,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// `not_begun`, `so_far`, `undecided`, `nobody`, `reached` or `not_reached`; `own_only` where what was counted is of some citizens, and nothing
    /// is said of the programme's target.
    pub standing: String,
    /// What is above the line; nothing before the first day.
    #[ts(type = "number | null")]
    pub numerator: Option<u64>,
    /// What is below it.
    #[ts(type = "number | null")]
    pub denominator: Option<u64>,
    /// Persons of whom it cannot be said yet; they are not below the line.
    pub undecided: u32,
    /// Starts that count as ordinary because nobody said otherwise.
    pub assumed_ordinary: u32,
    /// The day the figure holds for.
    pub as_of: Option<String>,
    /// How it stands, and then what is not known for certain.
    pub said: Vec<SentenceRow>,
    /// Why results that the file publishes are not held against it.
    pub apart: Vec<SentenceRow>,
}

/// What a year cost and what came of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct YearsCostRow {
    /// The year.
    pub year: i16,
    /// Kroner, by the budget.
    #[ts(type = "number")]
    pub kroner: u64,
    /// Kroner for each place.
    #[ts(type = "number | null")]
    pub per_place: Option<u64>,
    /// Persons whose first counted job began in the year.
    #[ts(type = "number")]
    pub into_work: u64,
    /// Kroner for each of them; nothing where there is nobody, and where not everybody is counted.
    #[ts(type = "number | null")]
    pub per_person_into_work: Option<u64>,
    /// All of it in a sentence.
    pub said: SentenceRow,
}

/// A sentence in both languages.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SentenceRow {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

/// What leaves on paper.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PaperFile {
    /// The bytes of a PDF.
    pub base64: String,
}

impl PaperFile {
    /// The bytes to write; nothing where the base64 is none.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        BASE64.decode(self.base64.as_bytes()).ok()
    }
}
