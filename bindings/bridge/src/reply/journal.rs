//! The journal, and the days to come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::entry::NextStepRow;

/// An own entry that is not in the journal yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MissingInJournalRow {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
}

/// What is pasted into the municipality's own system.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JournalText {
    /// The day, `dd-mm-åååå`.
    pub date: String,
    /// A short theme.
    pub theme: String,
    /// The whole text.
    pub text: String,
}

/// One thing to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AgendaRow {
    /// The entry that agreed it.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of that entry's kind.
    pub kind: String,
    /// Name of that kind.
    pub kind_name: String,
    /// The employer's name.
    pub employer_name: Option<String>,
    /// Who is responsible for the citizen, where it is a colleague.
    #[serde(default)]
    pub colleague: Option<String>,
    /// What, when.
    pub step: NextStepRow,
    /// Its day is over.
    pub overdue: bool,
}

/// The agenda as a file for another calendar.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarFile {
    /// The file (iCalendar).
    pub ics: String,
    /// Appointments in it.
    pub events: u32,
    /// Those that stand there with a neutral word alone.
    pub neutral: Vec<NeutralStepRow>,
    /// Steps that have no day and are not in it.
    pub without_day: u32,
}

/// A step whose words would give somebody away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NeutralStepRow {
    /// The entry that agreed it.
    pub entry: String,
    /// Why, in Danish.
    pub why: String,
}
