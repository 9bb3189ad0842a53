//! Employers: the register, the team's contacts, and what may be said.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RefusedLine;

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
    /// Postal code.
    #[serde(default)]
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Typed on the road, and nobody has looked it up since.
    #[serde(default)]
    pub unverified: bool,
    /// Whom to ask for.
    pub contact_person: Option<String>,
    /// Who works there, the one to ask for first, those who left last.
    #[serde(default)]
    pub people: Vec<PersonRow>,
    /// What it looks for, what stands open first.
    #[serde(default)]
    pub openings: Vec<OpeningRow>,
    /// How many of them stand open today.
    #[serde(default)]
    pub open: u32,
    /// Its production units.
    #[serde(default)]
    pub units: Vec<UnitRow>,
    /// Companies that are the same one.
    #[serde(default)]
    pub also: Vec<SameEmployer>,
    /// Others that look like the same one.
    #[serde(default)]
    pub likely: Vec<SameEmployer>,
    /// Others that somebody said it is not.
    #[serde(default)]
    pub apart: Vec<SameEmployer>,
    /// A colleague who was there a short time ago.
    #[serde(default)]
    pub recent: Option<RecentContact>,
    /// When somebody was last there; no citizen is named.
    pub last_visit: Option<String>,
    /// The colleague who was last in touch with them.
    #[serde(default)]
    pub last_by: Option<String>,
}

/// Somebody who works for an employer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRow {
    /// Whose row it is.
    pub person: String,
    /// The name.
    pub name: String,
    /// What they do there.
    pub function: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub mail: Option<String>,
    /// Code of how they want to be reached.
    pub prefers: Option<String>,
    /// The same in Danish.
    pub prefers_name: Option<String>,
    /// The one to ask for.
    pub in_charge: bool,
    /// No longer there.
    pub left: bool,
}

/// What an employer looks for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpeningRow {
    /// Which row it is.
    pub opening: String,
    /// What is looked for.
    pub text: String,
    /// Hours a week.
    pub hours_per_week: Option<u32>,
    /// Code of its terms.
    pub job_type: Option<String>,
    /// The same in Danish.
    pub job_type_name: Option<String>,
    /// First day, `åååå-mm-dd`.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// `open`, `filled` or `gone`.
    pub state: String,
    /// The same in Danish.
    pub state_name: String,
    /// Whether it stands open today.
    pub is_open: bool,
    /// The day it was noted.
    pub noted_on: String,
    /// Who noted it.
    pub by: String,
}

/// A production unit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnitRow {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
}

/// Another company that is, or may be, the same one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SameEmployer {
    /// Company number.
    pub cvr: String,
    /// Name.
    pub name: String,
    /// Why it looks like it: `same_unit` or `same_name`.
    pub why: Option<String>,
    /// The same in Danish.
    pub why_name: Option<String>,
}

/// A colleague who was in touch a short time ago.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecentContact {
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// What was saved of an employer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EmployerSaved {
    /// Company number.
    pub employer: String,
    /// The person or opening.
    pub id: Option<String>,
}

/// The register as a file, whole, to be kept by whoever asked for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EmployersFile {
    /// What stands in it.
    pub text: String,
    /// Companies in it.
    pub employers: u32,
    /// Texts left out because they would give a citizen away.
    pub left_out: u32,
}

/// What the import of a register did or would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EmployersImported {
    /// New rows.
    pub added: EmployersAdded,
    /// Lines that changed what was there.
    pub changed: u32,
    /// Lines that said nothing new.
    pub unchanged: u32,
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
}

/// Counts by kind of row.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct EmployersAdded {
    /// Companies.
    pub employers: u32,
    /// Production units.
    pub units: u32,
    /// Contact persons.
    pub people: u32,
    /// Openings.
    pub openings: u32,
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
    /// Number of the production unit they were at.
    #[serde(default)]
    pub unit: Option<String>,
    /// Its name, where the register has one.
    #[serde(default)]
    pub unit_name: Option<String>,
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
    /// Everything the register knows of it.
    #[serde(default)]
    pub known: Option<EmployerRow>,
    /// The team's latest contacts.
    pub contacts: Vec<ContactRow>,
    /// What is in force for the citizen at hand; without it, nothing may be said.
    pub agreement: Option<AgreementRow>,
}
