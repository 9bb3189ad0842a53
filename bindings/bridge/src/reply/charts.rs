//! What charts are drawn from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The charts of a programme.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChartsPage {
    /// The day at whose end they hold.
    pub as_of: String,
    /// `programme`, or `own` where this device sees its own citizens only.
    pub scope: String,
    /// How many of those who were enrolled came to each stage, in order.
    pub funnel: Vec<StageRow>,
    /// Of the same, by the days until they first met an employer.
    pub waits: Vec<WaitRow>,
    /// Of the same, those who have met none yet.
    #[ts(type = "number")]
    pub met_nobody: u64,
    /// Meetings with employers by week, oldest first.
    pub weeks: Vec<MeetingWeekRow>,
    /// Consultants by name, with the citizens each is responsible for.
    pub caseload: Vec<CaseloadRow>,
    /// The most citizens a consultant has, as the programme's own file says.
    pub caseload_limit: Option<u32>,
}

/// How many came so far.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StageRow {
    /// `enrolled`, `met_employer`, `started` or `at_work`.
    pub stage: String,
    /// Citizens.
    #[ts(type = "number")]
    pub citizens: u64,
}

/// Citizens who waited about as long.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitRow {
    /// The first day, counted from the enrolment.
    pub from_day: u16,
    /// The last; nothing for all that is longer.
    pub to_day: Option<u16>,
    /// Citizens.
    #[ts(type = "number")]
    pub citizens: u64,
}

/// The meetings of one week.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MeetingWeekRow {
    /// The ISO week, `2026-W48`.
    pub week: String,
    /// Meetings face to face about a citizen.
    #[ts(type = "number")]
    pub meetings: u64,
    /// Consultants who were responsible for somebody, or met an employer, in it.
    #[ts(type = "number")]
    pub consultants: u64,
}

/// What one consultant is responsible for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseloadRow {
    /// The name.
    pub name: String,
    /// Citizens.
    #[ts(type = "number")]
    pub citizens: u64,
}
