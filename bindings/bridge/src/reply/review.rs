//! A programme's evidence of fidelity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FidelityPage;

/// A review with everything that was said; no citizen is named in it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewPage {
    /// First day that is looked at; nothing while no review has begun, and for whoever may not read it.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
    /// Full-time consultants on the last day, where it was said.
    pub full_time: Option<f64>,
    /// `weekly`, `monthly` or `seldom`.
    pub meetings_reviewed: Option<String>,
    /// All 25, in order.
    pub items: Vec<ReviewItem>,
    /// The scale with what was counted from entries, by this device or by the leader's; for those who may see the whole programme.
    pub fidelity: Option<FidelityPage>,
    /// May begin a review, set its days and put into it what was counted.
    pub may_begin: bool,
    /// May write in it.
    pub may_write: bool,
}

/// One item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewItem {
    /// 1 to 25.
    pub number: u8,
    /// What it is called.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// What everybody who gave points agrees on.
    pub agreed: Option<u8>,
    /// What was said of it, the oldest first.
    pub said: Vec<SaidOfItem>,
}

/// One thing that was said.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaidOfItem {
    /// Its id.
    pub id: String,
    /// The day it was seen, or said.
    pub on: String,
    /// `seen`, `points`, `counted`, `reading`, or `newer` of what this version cannot read.
    pub what: String,
    /// In Danish, where it was seen.
    pub source: Option<String>,
    /// The same as a code: `meeting`, `document`, `observation` or `interview`, or one this version does not know.
    pub source_code: Option<String>,
    /// What was seen or read, or why there are so many points.
    pub text: Option<String>,
    /// One to five.
    pub points: Option<u32>,
    /// Last day of the review that points were given in, or counted for: they count in no other.
    pub review: Option<String>,
    /// Who wrote it, first writer first.
    pub by: Vec<String>,
    /// Struck out: it stays to be read, and counts no more.
    pub struck: bool,
    /// Whether the asker may strike it out.
    pub may_strike: bool,
}
