//! What forms offer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What can be chosen in forms.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Choices {
    /// Kinds of entries.
    pub kinds: Vec<KindChoice>,
    /// Outcomes.
    pub outcomes: Vec<Choice>,
    /// What a contact with an employer is for.
    #[serde(default)]
    pub purposes: Vec<Choice>,
    /// Terms of jobs and educations.
    #[serde(default)]
    pub job_types: Vec<Choice>,
    /// What becomes of an appointment.
    #[serde(default)]
    pub step_outcomes: Vec<Choice>,
    /// Places used before, most used first.
    pub places: Vec<String>,
    /// Benefits that can be chosen today.
    #[serde(default)]
    pub benefits: Vec<DatedChoice>,
    /// Target groups that can be chosen today.
    #[serde(default)]
    pub target_groups: Vec<DatedChoice>,
}

/// A code that laws change, with its names.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DatedChoice {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The same in English.
    pub name_en: String,
}

/// One kind to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KindChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Shared with the other side by habit.
    pub shared_by_default: bool,
    /// Possible without a case.
    pub without_case: bool,
    /// The fields its form asks for, in their order.
    #[serde(default)]
    pub fields: Vec<String>,
    /// In person unless somebody says otherwise.
    #[serde(default)]
    pub usually_in_person: bool,
}

/// A code and its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Choice {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}
