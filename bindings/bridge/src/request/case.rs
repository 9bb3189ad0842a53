//! What is typed about a case as a whole.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a new case says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct NewCase {
    /// The case number.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// Name of the programme; may be absent while there is one.
    #[serde(default)]
    pub programme: Option<String>,
    /// First day; today when absent.
    #[serde(default)]
    pub enrolled_on: Option<String>,
    /// What the citizen wants to work with.
    #[serde(default)]
    pub job_wish: Option<String>,
    /// Types of information the citizen agrees to share; none means no consent.
    #[serde(default)]
    pub consent_types: Vec<String>,
    /// Last day of that consent; a year from today when absent.
    #[serde(default)]
    pub consent_until: Option<String>,
}

/// A consent of the citizen: what may be told, by whom to whom, and for how long.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentTyped {
    /// Id or number of the case.
    pub case: String,
    /// Types of information; at least one.
    pub types: Vec<String>,
    /// The organisation that hands out.
    #[serde(default)]
    pub from_organisation: Option<String>,
    /// The organisation that receives.
    #[serde(default)]
    pub to_organisation: Option<String>,
    /// First day; today when absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day; a year from the first when absent.
    #[serde(default)]
    pub until: Option<String>,
}

/// Who stands in for whom, and until when.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CoverTyped {
    /// Name of the colleague who is away.
    pub absent: String,
    /// Name of the colleague who stands in.
    pub by: String,
    /// The last day: a date or a weekday; not needed to end it.
    #[serde(default)]
    pub until: Option<String>,
    /// Id or number of one case; all of them when absent.
    #[serde(default)]
    pub case: Option<String>,
    /// End it now.
    #[serde(default)]
    pub end: bool,
}
