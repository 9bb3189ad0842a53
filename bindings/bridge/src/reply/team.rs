//! Whether a municipality can lose somebody and go on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who holds the offices, and what is missing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TeamPage {
    /// The administrations of the programmes.
    pub sides: Vec<LedSide>,
    /// The administrators by name.
    pub administrators: Vec<String>,
    /// Who keeps a share of the recovery key.
    pub share_holders: Vec<String>,
    /// What is missing; empty when the team can lose anybody.
    pub gaps: Vec<TeamGap>,
    /// Whether this member holds an office that can do something about it.
    pub may_act: bool,
}

/// One administration's part of a programme.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedSide {
    /// Name of the programme.
    pub programme: String,
    /// `employment` or `treatment`.
    pub side: String,
    /// Leaders by name.
    pub leaders: Vec<String>,
    /// Deputies by name.
    pub deputies: Vec<String>,
    /// Records officers by name.
    pub records: Vec<String>,
}

/// Something the municipality lacks to get over a loss.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TeamGap {
    /// `leader`, `deputy`, `second_administrator` or `share_holders`.
    pub code: String,
    /// Name of the programme it is about.
    pub programme: Option<String>,
    /// `employment` or `treatment`.
    pub side: Option<String>,
}
