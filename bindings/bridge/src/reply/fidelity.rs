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
    /// What is counted from entries.
    pub counted: FidelitySum,
    /// What people scored.
    pub by_people: FidelitySum,
    /// `exemplary`, `good`, `fair` or `not_supported_employment`; nothing before all 25 are scored.
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
    /// Whether it is counted from entries.
    pub counted: bool,
    /// One to five; nothing while it is not scored.
    pub points: Option<u8>,
    /// Why it has none: `not_scored_yet`, `nothing_to_count`, `few_seek_work`, `few_jobs` or `too_little_known`.
    pub why_not: Option<String>,
    /// What was counted, above the line.
    #[ts(type = "number | null")]
    pub numerator: Option<u64>,
    /// Below it.
    #[ts(type = "number | null")]
    pub denominator: Option<u64>,
    /// What the reviewers wrote.
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
