//! What is asked of a programme's evidence of fidelity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A look at a programme's review, or an act in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReviewAsked {
    /// Name of the programme; may be absent while there is one.
    #[serde(default)]
    pub programme: Option<String>,
    /// What is done; only looked at when absent.
    #[serde(default)]
    pub act: Option<ReviewAct>,
}

/// What somebody does in a review. Days are as people type them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewAct {
    /// Begins one, or sets its days anew; for the programme's leader.
    Begin {
        /// First day that is looked at.
        from: String,
        /// The last one.
        to: String,
        /// Full-time consultants on the last day.
        #[serde(default)]
        full_time: Option<f64>,
        /// How often a leader goes through the meetings with employers: `weekly`, `monthly` or `seldom`.
        #[serde(default)]
        meetings_reviewed: Option<String>,
    },
    /// Puts into it what is counted from entries; for the programme's leader.
    Count,
    /// Something was seen.
    Seen {
        /// The item, 1 to 25.
        item: u8,
        /// The day; today when absent.
        #[serde(default)]
        on: Option<String>,
        /// `meeting`, `document`, `observation` or `interview`.
        source: String,
        /// What.
        text: String,
    },
    /// The asker's points.
    Points {
        /// The item, 1 to 25.
        item: u8,
        /// One to five.
        points: u8,
        /// Why.
        #[serde(default)]
        note: Option<String>,
    },
    /// The points of a review's file, as the asker's own: all of them or none.
    PointsOfFile {
        /// The file's text.
        file: String,
    },
    /// How an item is read here.
    Reading {
        /// The item, 1 to 25.
        item: u8,
        /// The reading.
        text: String,
    },
    /// Strikes out what was said; it stays to be read.
    Strike {
        /// Its id.
        id: String,
    },
}
