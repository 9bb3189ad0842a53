//! Employers: the register, the team's contacts, and what may be said.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One employer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EmployerRow {
    /// Company number.
    pub cvr: String,
    /// Name.
    pub name: String,
    /// Trade.
    pub trade: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Whom to ask for.
    pub contact_person: Option<String>,
    /// When somebody was last there; no citizen is named.
    pub last_visit: Option<String>,
    /// The colleague who was last in touch with them.
    #[serde(default)]
    pub last_by: Option<String>,
}

/// A contact of the team with an employer. It names no citizen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactRow {
    /// When.
    pub at: String,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// Who of the team.
    pub by: String,
    /// It was this member.
    pub mine: bool,
    /// Whom they spoke with.
    pub contact_person: Option<String>,
    /// Code of the outcome.
    pub outcome: Option<String>,
    /// Name of the outcome.
    pub outcome_name: Option<String>,
    /// What the team should know.
    pub about: Option<String>,
}

/// What may be said to one employer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AgreementRow {
    /// Company number.
    pub employer: String,
    /// The employer's name, where it is known.
    pub employer_name: Option<String>,
    /// `nothing`, `agreed` or `everything`.
    pub decision: String,
    /// In Danish.
    pub decision_name: String,
    /// *Må siges*.
    pub may_say: Option<String>,
    /// *Må ikke siges*.
    pub may_not_say: Option<String>,
    /// When it was agreed.
    pub decided_at: String,
}

/// *Ved døren*.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DoorCard {
    /// Company number.
    pub employer: String,
    /// Its name.
    pub name: Option<String>,
    /// Whom to ask for.
    pub contact_person: Option<String>,
    /// The team's latest contacts.
    pub contacts: Vec<ContactRow>,
    /// What is in force for the citizen at hand; without it, nothing may be said.
    pub agreement: Option<AgreementRow>,
}
