//! A citizen's own facts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is known of a citizen as a worker, and how to reach them.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct CaseFacts {
    /// What was agreed to do.
    pub plan: Option<String>,
    /// What the citizen is good at.
    pub strengths: Option<String>,
    /// What it takes to get and keep a job.
    pub support: Option<String>,
    /// The citizen's telephone.
    pub phone: Option<String>,
    /// Code of how the citizen wants to be reached.
    pub contact_by: Option<String>,
    /// The same in Danish.
    pub contact_by_name: Option<String>,
    /// Where treatment is given.
    pub treatment_site: Option<String>,
    /// Benefit received: its code, or the word an old file had.
    pub benefit: Option<String>,
    /// What it is called.
    #[serde(default)]
    pub benefit_name: Option<String>,
    /// The same in English.
    #[serde(default)]
    pub benefit_name_en: Option<String>,
    /// The authority's target group: its code, or the word an old file had.
    pub target_group: Option<String>,
    /// What it is called.
    #[serde(default)]
    pub target_group_name: Option<String>,
    /// The same in English.
    #[serde(default)]
    pub target_group_name_en: Option<String>,
    /// Benefits and target groups before, oldest first.
    #[serde(default)]
    pub former_codes: Vec<FormerCodeRow>,
    /// Last day, of a closed case.
    pub exited_on: Option<String>,
    /// Why it ended, in Danish.
    pub exit_reason: Option<String>,
    /// First day of aftercare.
    pub aftercare_from: Option<String>,
    /// What the citizen wanted before, oldest first.
    pub former_wishes: Vec<FormerWishRow>,
    /// Who is around the citizen, those who were last.
    #[serde(default)]
    pub people: Vec<AroundRow>,
}

/// Somebody around the citizen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AroundRow {
    /// Id of the person.
    pub person: String,
    /// Name.
    pub name: String,
    /// What they are to the citizen.
    pub relation: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Code of how they are best reached.
    pub contact_by: Option<String>,
    /// The same in Danish.
    pub contact_by_name: Option<String>,
    /// What else is good to know.
    pub note: Option<String>,
    /// Since when they are around no more.
    pub until: Option<String>,
}

/// A benefit or target group that was replaced.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FormerCodeRow {
    /// The day it was.
    pub until: String,
    /// What it was called.
    pub name: String,
    /// The same in English.
    pub name_en: String,
}

/// A wish that was replaced.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FormerWishRow {
    /// The day it was.
    pub until: String,
    /// The wish.
    pub wish: String,
}
