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
    /// Benefit received.
    pub benefit: Option<String>,
    /// The authority's target group.
    pub target_group: Option<String>,
    /// Last day, of a closed case.
    pub exited_on: Option<String>,
    /// Why it ended, in Danish.
    pub exit_reason: Option<String>,
    /// First day of aftercare.
    pub aftercare_from: Option<String>,
    /// What the citizen wanted before, oldest first.
    pub former_wishes: Vec<FormerWishRow>,
}

/// A wish that was replaced.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FormerWishRow {
    /// The day it was.
    pub until: String,
    /// The wish.
    pub wish: String,
}
