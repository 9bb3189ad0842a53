//! How near a programme keeps to the method.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A programme on the 25 items of the scale.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FidelityPage {
    /// The programme's name.
    pub programme: String,
    /// First day of the period.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// `programme`, or `own` where this device sees its own citizens only.
    pub scope: String,
    /// All 25, in order.
    pub items: Vec<FidelityItem>,
    /// The points that were counted from entries.
    pub counted: FidelitySum,
    /// The points that people gave.
    pub by_people: FidelitySum,
    /// `exemplary`, `good`, `fair` or `not_supported_employment`; nothing before all 25 are scored, and
    /// where not the whole programme is seen.
    pub band: Option<String>,
}

/// One item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FidelityItem {
    /// 1 to 25.
    pub number: u8,
    /// `staffing`, `organisation` or `services`.
    pub section: String,
    /// What it is called.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Whether entries tell of it.
    pub counted: bool,
    /// One to five; nothing while it is not scored.
    pub points: Option<u8>,
    /// Whose points they are: `entries` or `people`; nothing while there are none.
    pub scored_by: Option<String>,
    /// Why it has none: `not_scored_yet`, `nothing_to_count`, `few_seek_work`, `few_jobs`, `too_little_known`, `not_counted_yet`, or `own_only` where
    /// what was counted is of some citizens.
    pub why_not: Option<String>,
    /// What was counted, above the line: citizens, days, meetings or jobs.
    #[ts(type = "number | null")]
    pub numerator: Option<u64>,
    /// Below it: full-time consultants, citizens, weeks of consultants or jobs.
    pub denominator: Option<f64>,
    /// Of so many it is not known, or not decided yet.
    pub undecided: u32,
    /// Jobs that count as ordinary because nobody said otherwise.
    pub assumed_ordinary: u32,
    /// What people gave it, also where the count holds against it.
    pub people_points: Option<u8>,
    /// What people wrote.
    pub note: Option<String>,
}

/// Points of those that are scored.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct FidelitySum {
    /// Points.
    pub points: u32,
    /// What could have been had by them.
    pub of: u32,
    /// Items that are not scored.
    pub open: u32,
}
