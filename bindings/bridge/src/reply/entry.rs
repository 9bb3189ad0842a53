//! Entries of a timeline.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::choices::Choice;

/// One entry of a timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryRow {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// How long it took.
    pub minutes: Option<u32>,
    /// Company number of the employer.
    pub employer: Option<String>,
    /// The employer's name, where the register is known here.
    pub employer_name: Option<String>,
    /// Number of one of the employer's production units.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whom we spoke with there.
    pub contact_person: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Code of the outcome.
    pub outcome: Option<String>,
    /// Name of the outcome.
    pub outcome_name: Option<String>,
    /// Met in person.
    pub face_to_face: Option<bool>,
    /// Hours a week of a job that starts.
    pub hours_per_week: Option<u32>,
    /// Title of a job that starts.
    pub job_title: Option<String>,
    /// Whether that job is permanent.
    pub permanent: Option<bool>,
    /// Whether the contact with an employer was about the citizen.
    #[serde(default)]
    pub client_specific: Option<bool>,
    /// What the contact was for.
    #[serde(default)]
    pub purpose: Option<Choice>,
    /// The terms of the job or education.
    #[serde(default)]
    pub job_type: Option<Choice>,
    /// Whether it fits what the citizen wants.
    #[serde(default)]
    pub fits_wish: Option<bool>,
    /// What happens next.
    #[serde(default)]
    pub next_step: Option<NextStepRow>,
    /// The same visit is told of in the entry of another citizen.
    #[serde(default)]
    pub linked: bool,
    /// The entry that this one adds to.
    #[serde(default)]
    pub addendum_to: Option<String>,
    /// Written by mistake, and why; it counts for nothing.
    #[serde(default)]
    pub mistaken: Option<String>,
    /// Its number in the municipality's own system.
    #[serde(default)]
    pub journal_number: Option<String>,
    /// When it was marked as journalised.
    #[serde(default)]
    pub journalised_at: Option<String>,
    /// It does not belong in the journal.
    #[serde(default)]
    pub journal_not_needed: bool,
    /// When it was read together with the citizen.
    #[serde(default)]
    pub read_together_at: Option<String>,
    /// The note.
    pub note: String,
    /// `employment`, `treatment`, `shared` or `own_work`.
    pub folder: String,
    /// Who wrote in it, first writer first.
    pub authors: Vec<String>,
    /// For imported entries: who recorded it in the file.
    pub recorded_by: Option<String>,
    /// For imported entries: who read it in.
    pub imported_by: Option<String>,
    /// `local_only`, `sent` or `journalised`.
    pub state: String,
    /// Fields where two people wrote different values: all of them, the shown one first.
    pub conflicts: std::collections::BTreeMap<String, Vec<String>>,
    /// Somebody else wrote in the note since this member saw it last.
    #[serde(default)]
    pub both_wrote: bool,
}

/// What happens next.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextStepRow {
    /// What.
    pub text: String,
    /// The day, `åååå-mm-dd`.
    pub on: Option<String>,
    /// The time of day, `tt:mm`.
    pub time: Option<String>,
    /// Code of what became of it; absent while it is to come.
    pub settled: Option<String>,
}

/// One entry, to be edited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryPage {
    /// The entry.
    pub entry: EntryRow,
    /// What an edit must name, so that others' words stay.
    pub heads: Vec<String>,
    /// The note in passages, where somebody else wrote in it since this member saw it last; else nothing.
    #[serde(default)]
    pub passages: Vec<NotePassageRow>,
}

/// Letters of a note that stand together.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NotePassageRow {
    /// The letters.
    pub text: String,
    /// Who wrote them since; nothing where they stood there, or are one's own.
    pub by: Option<String>,
}

/// Saved.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Logged {
    /// The entry.
    pub entry: String,
    /// Its state.
    pub state: String,
    /// A sentence worth showing, such as an expired consent.
    pub warning: Option<String>,
    /// The entries of the other citizens whom the same visit was about.
    #[serde(default)]
    pub linked: Vec<String>,
}
