//! Who has read about a citizen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One reading.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadLogRow {
    /// When, by the reader's device.
    pub at: String,
    /// `opened`, `listed`, `searched`, `saw_log`, `exported`, or `unknown` for what a newer version does.
    pub action: String,
    /// The same in Danish.
    pub action_name: String,
    /// The entry, where it was one.
    pub entry: Option<String>,
    /// What was searched for.
    pub words: Option<String>,
    /// Name of the reader; absent where it was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub staff: Option<String>,
    /// In which capacity, in Danish.
    pub purpose: String,
}
