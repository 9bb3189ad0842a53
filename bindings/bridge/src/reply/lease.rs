use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How long a device may work without a network.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeaseRow {
    /// Until when.
    pub until: String,
    /// Whole days until then.
    pub days: u32,
    /// `open`, `ends_soon`, `locked`, `last_call` (a start from a week after the first that said so takes off what was sent), or
    /// `stopped`: by those who run the server; everything stays.
    pub state: String,
}
