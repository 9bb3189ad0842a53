//! Work that found its folder closed: as its writer sees it, and as a leader does.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Own work that was handed in to the leaders.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandedInRow {
    /// The entry.
    pub entry: String,
    /// Number of its case, which may not be on this device any more.
    pub case: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// The stable word for why it could not go where it was meant to.
    pub reason: String,
    /// Names of those who can take it over.
    pub receivers: Vec<String>,
    /// Whether the server has a receipt for it.
    pub delivered: bool,
}

/// Work of a colleague that waits for a leader.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DepositRow {
    /// The entry.
    pub entry: String,
    /// Number of its case.
    pub case: Option<String>,
    /// The citizen's name.
    pub name: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// Who wrote it.
    pub author: String,
    /// The note.
    pub note: String,
    /// The stable word for why it could not go where it was meant to.
    pub reason: String,
}
