//! What a restored server lacks, and signs that it does not show everybody the same.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An entry the server acknowledged before it was restored, and does not have now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MissingRow {
    /// The entry.
    pub entry: String,
    /// Number of its case.
    pub case: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// Whose device has to bring it back.
    pub author: String,
}

/// A sign that the server shows its devices different histories.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindingRow {
    /// `history_differs`, `missing_link` or `read_log_gap`.
    pub code: String,
    /// Whose envelope told.
    pub author: String,
    /// The citizen's name, where it is about one.
    pub name: Option<String>,
}
