//! One journal entry's own fields.

use serde::{Deserialize, Serialize};

use crate::cvr::CvrNumber;
use crate::entry_kind::EntryKind;
use crate::entry_marks::EntryMarks;
use crate::ids::DocumentId;
use crate::job_type::JobType;
use crate::moment::Moment;
use crate::next_step::NextStep;
use crate::outcome::Outcome;
use crate::p_number::PNumber;
use crate::purpose::Purpose;

/// What one entry says, apart from its note. Every field but the kind and the time may be unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFields {
    /// What was done.
    pub kind: EntryKind,
    /// When it happened.
    pub at: Moment,
    /// How long it took; 0 to 1,440.
    pub minutes: Option<u32>,
    /// Where.
    pub place: Option<String>,
    /// The employer, by company number.
    pub employer: Option<CvrNumber>,
    /// Which of the employer's production units.
    pub unit: Option<PNumber>,
    /// Whom we spoke with there.
    pub contact_person: Option<String>,
    /// Met in person.
    pub face_to_face: Option<bool>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Hours a week of the job that starts.
    pub hours_per_week: Option<u32>,
    /// Title of the job that starts.
    pub job_title: Option<String>,
    /// Whether the job is permanent.
    pub permanent: Option<bool>,
    /// Who wrote it first, where that is not the signer: imported entries.
    pub recorded_by: Option<String>,
    /// Whether the contact with an employer was about one citizen (IPS-25, item 17).
    pub client_specific: Option<bool>,
    /// What a contact with an employer was for.
    pub purpose: Option<Purpose>,
    /// The terms of the job or education that starts.
    pub job_type: Option<JobType>,
    /// *Passer til ønsket?*: whether it fits what the citizen wants to work with (IPS-25, item 16).
    pub fits_wish: Option<bool>,
    /// What happens next.
    pub next_step: Option<NextStep>,
    /// The same in the entries of several citizens that tell of one visit, which is then counted once.
    pub visit: Option<DocumentId>,
    /// The journalised entry that this one adds to or corrects.
    pub addendum_to: Option<DocumentId>,
    /// What was done with the entry since.
    pub marks: EntryMarks,
}

impl EntryFields {
    /// An entry of this kind at this time, with nothing else known.
    #[must_use]
    pub const fn new(kind: EntryKind, at: Moment) -> Self {
        Self {
            kind,
            at,
            minutes: None,
            place: None,
            employer: None,
            unit: None,
            contact_person: None,
            face_to_face: None,
            outcome: None,
            hours_per_week: None,
            job_title: None,
            permanent: None,
            recorded_by: None,
            client_specific: None,
            purpose: None,
            job_type: None,
            fits_wish: None,
            next_step: None,
            visit: None,
            addendum_to: None,
            marks: EntryMarks::NONE,
        }
    }
}

/// How far an entry has come, in words a consultant understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// *Kun på telefonen*: some of it has no signed receipt yet.
    LocalOnly,
    /// *Sendt*: a signed receipt of the server is stored.
    Sent,
    /// *Journaliseret*: locked; corrections are addenda.
    Journalised,
}
