//! Asking for figures.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which figure, when; days as people type them.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReportAsked {
    /// The measure's name; all of them when absent.
    #[serde(default)]
    pub measure: Option<String>,
    /// Name of the programme; may be absent while there is one.
    #[serde(default)]
    pub programme: Option<String>,
    /// First day of the period.
    #[serde(default)]
    pub from: Option<String>,
    /// Its last day.
    #[serde(default)]
    pub to: Option<String>,
    /// The day at whose end it holds; today when absent.
    #[serde(default)]
    pub at: Option<String>,
}

/// Of which review's file it is asked how near a programme keeps to the method.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FidelityAsked {
    /// The text of the review's file; without one the half year until today, of which nobody has scored anything.
    #[serde(default)]
    pub file: Option<String>,
    /// Name of the programme that is counted; may be absent while there is one.
    #[serde(default)]
    pub programme: Option<String>,
}

/// What a programme is held against.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeFile {
    /// The name of a file that comes with Feltbog.
    Shipped(String),
    /// The text of a file.
    Text(String),
}

/// Of which file a programme's status note is asked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatusNoteAsked {
    /// The programme's file; the one that is kept for it when absent.
    #[serde(default)]
    pub file: Option<ProgrammeFile>,
    /// Name of the programme that is counted; may be absent while there is one.
    #[serde(default)]
    pub programme: Option<String>,
    /// The day it holds for; today when absent.
    #[serde(default)]
    pub at: Option<String>,
}

/// A survey's file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SurveyAsked {
    /// The answers, a line for each unit.
    pub text: String,
    /// The source it is held against.
    #[serde(default)]
    pub against: Option<ProgrammeFile>,
}
