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
    /// What is set for the programmes.
    pub programmes: Vec<ProgrammeRow>,
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

/// What a programme's leader has set.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProgrammeRow {
    /// Name of the programme.
    pub name: String,
    /// Whether its consultants are the authority; nobody has said so when absent.
    pub authority: Option<bool>,
    /// From one statutory talk to the next, in words: *3 måneder*.
    pub talk_interval: Option<String>,
    /// Whether this member may set it.
    pub may_set: bool,
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
