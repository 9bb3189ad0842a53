//! What the team writes into the register of employers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is done with one employer. What is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EmployerAct {
    /// What the register says of it, or a new one.
    Change(EmployerTyped),
    /// Somebody who works there.
    Person(PersonTyped),
    /// What it looks for.
    Opening(OpeningTyped),
    /// One of its production units.
    Unit(UnitTyped),
    /// It is the same company as another.
    Merge {
        /// Company number of the other, which stands for both.
        into: String,
    },
    /// It is not, after all.
    Unmerge,
    /// It is another company than one it looks like.
    Part {
        /// Company number of the other.
        from: String,
    },
    /// Nobody can tell, after all: the two may be asked about again.
    CompareAgain {
        /// Company number of the other.
        with: String,
    },
}

/// What was typed about an employer.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the field of an employer")]
pub struct EmployerTyped {
    pub name: Option<String>,
    pub trade: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
    /// Whether somebody looked it up.
    pub verified: Option<bool>,
}

/// What was typed about somebody who works for an employer.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the field of a contact person")]
pub struct PersonTyped {
    /// Whose; somebody new when absent.
    pub person: Option<String>,
    pub name: Option<String>,
    pub function: Option<String>,
    pub phone: Option<String>,
    pub mail: Option<String>,
    /// `sms`, `phone`, `mail` or `letter`.
    pub prefers: Option<String>,
    pub in_charge: Option<bool>,
    pub left: Option<bool>,
}

/// What was typed about an opening.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the field of an opening")]
pub struct OpeningTyped {
    /// Which; a new one when absent.
    pub opening: Option<String>,
    pub text: Option<String>,
    pub hours_per_week: Option<u32>,
    pub job_type: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    /// `open`, `filled` or `gone`.
    pub state: Option<String>,
}

/// What was typed about a production unit.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the field of a unit")]
pub struct UnitTyped {
    pub number: String,
    pub name: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
}
