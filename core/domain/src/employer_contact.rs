//! What the team knows of each other's work with employers.

use crate::cvr::CvrNumber;
use crate::entry_kind::EntryKind;
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::p_number::PNumber;
use crate::purpose::Purpose;

/// One contact with an employer, as everybody of the programme's employment side reads it. It tells of no citizen: who it
/// was about stands in the citizen's own folder. Who of the team it was is whoever signed it first: no field may claim it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerContact {
    /// The employer.
    pub employer: CvrNumber,
    /// At which of its production units.
    pub unit: Option<PNumber>,
    /// When it was.
    pub at: Moment,
    /// A visit, a call, an interview.
    pub kind: EntryKind,
    /// Whether they met.
    pub face_to_face: Option<bool>,
    /// Whom they spoke with there.
    pub contact_person: Option<String>,
    /// What it was for.
    pub purpose: Option<Purpose>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// *Om virksomheden*: what the team should know; shared with all of it.
    pub about: Option<String>,
    /// It was written by mistake.
    pub mistaken: bool,
}
