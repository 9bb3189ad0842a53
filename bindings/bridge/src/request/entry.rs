//! Writing an entry, and what is done with one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What one new entry says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct LogEntry {
    /// Id or number of the case; absent for work without one.
    #[serde(default)]
    pub case: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// When it happened; now when absent.
    #[serde(default)]
    pub at: Option<String>,
    /// How long it took.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Company number of the employer.
    #[serde(default)]
    pub employer: Option<String>,
    /// Number of one of the employer's production units.
    #[serde(default)]
    pub unit: Option<String>,
    /// Name for an employer the register does not know yet.
    #[serde(default)]
    pub employer_name: Option<String>,
    /// Whom we spoke with there.
    #[serde(default)]
    pub contact_person: Option<String>,
    /// Where.
    #[serde(default)]
    pub place: Option<String>,
    /// Code or word of the outcome.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Met in person.
    #[serde(default)]
    pub face_to_face: Option<bool>,
    /// What the whole team may read about the employer; names no citizen.
    #[serde(default)]
    pub about_employer: Option<String>,
    /// Whether the contact with an employer was about the citizen.
    #[serde(default)]
    pub client_specific: Option<bool>,
    /// Code or word of what the contact was for.
    #[serde(default)]
    pub purpose: Option<String>,
    /// Title of the job or education.
    #[serde(default)]
    pub job_title: Option<String>,
    /// Code or word of its terms.
    #[serde(default)]
    pub job_type: Option<String>,
    /// Its hours a week.
    #[serde(default)]
    pub hours_per_week: Option<u32>,
    /// Whether it is permanent.
    #[serde(default)]
    pub permanent: Option<bool>,
    /// Whether it fits what the citizen wants.
    #[serde(default)]
    pub fits_wish: Option<bool>,
    /// What happens next.
    #[serde(default)]
    #[ts(as = "Option<NextStepTyped>", optional)]
    pub next_step: NextStepTyped,
    /// The note.
    #[serde(default)]
    pub note: String,
    /// Other citizens whom the same visit was about.
    #[serde(default)]
    #[ts(as = "Option<Vec<AlsoAbout>>", optional)]
    pub also: Vec<AlsoAbout>,
    /// Put it where both sides see it; absent means the kind's own habit.
    #[serde(default)]
    pub shared: Option<bool>,
}

/// Another citizen whom a visit was about.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct AlsoAbout {
    /// Id or number of the case.
    pub case: String,
    /// What concerns this citizen.
    #[serde(default)]
    pub note: String,
}

/// What happens next, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct NextStepTyped {
    /// What.
    #[serde(default)]
    pub text: Option<String>,
    /// The day.
    #[serde(default)]
    pub on: Option<String>,
    /// The time of day.
    #[serde(default)]
    pub time: Option<String>,
}

/// What is done with one entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EntryAct {
    /// Fields are changed; what a colleague changed meanwhile stays.
    Change {
        /// The heads the form had opened; without them, the newest.
        #[serde(default)]
        heads: Vec<String>,
        /// What was changed.
        changes: Box<EntryChanges>,
    },
    /// Of two values that two people wrote, one is chosen.
    Settle {
        /// The field.
        field: String,
        /// The value, as it was shown.
        value: String,
    },
    /// It was written by mistake.
    Mistaken {
        /// What is wrong.
        reason: String,
    },
    /// It was right after all.
    NotMistaken,
    /// Something is added to it, in an entry of its own.
    Addendum {
        /// What.
        text: String,
    },
    /// It stands in the municipality's own system now.
    Journal {
        /// Its number there.
        number: String,
    },
    /// Whether it is left out of the journal.
    LeaveOut {
        /// Left out, or not.
        left_out: bool,
    },
    /// It was read together with the citizen.
    ReadTogether,
    /// What others wrote in its note was seen.
    SawBothWrote,
    /// What became of its next step.
    SettleStep {
        /// `held`, `no_show`, `moved` or `dropped`.
        outcome: String,
        /// Where it was moved to.
        #[serde(default)]
        to: NextStepTyped,
    },
}

/// What a form changed; what is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the field of an entry")]
pub struct EntryChanges {
    pub kind: Option<String>,
    pub at: Option<String>,
    pub minutes: Option<u32>,
    pub place: Option<String>,
    pub employer: Option<String>,
    pub unit: Option<String>,
    pub contact_person: Option<String>,
    pub outcome: Option<String>,
    pub face_to_face: Option<bool>,
    pub client_specific: Option<bool>,
    pub purpose: Option<String>,
    pub job_title: Option<String>,
    pub job_type: Option<String>,
    pub hours_per_week: Option<u32>,
    pub permanent: Option<bool>,
    pub fits_wish: Option<bool>,
    pub next_step: Option<NextStepTyped>,
}
