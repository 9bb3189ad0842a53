//! A citizen's own facts, as somebody typed them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a form changed; what is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the fact it changes")]
pub struct ProfileTyped {
    pub job_wish: Option<String>,
    pub plan: Option<String>,
    pub strengths: Option<String>,
    pub support: Option<String>,
    pub phone: Option<String>,
    pub contact_by: Option<String>,
    pub therapist: Option<String>,
    pub treatment_site: Option<String>,
    pub benefit: Option<String>,
    pub target_group: Option<String>,
}

/// What a form changed of somebody around the citizen; what is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields = nullable)]
#[allow(missing_docs, reason = "each field is named after the fact it changes")]
pub struct AroundTyped {
    pub name: Option<String>,
    pub relation: Option<String>,
    pub organisation: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub contact_by: Option<String>,
    pub note: Option<String>,
    /// Whether they are around.
    pub around: Option<bool>,
}
