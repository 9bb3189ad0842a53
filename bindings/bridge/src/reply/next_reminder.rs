//! What the owner's own phone calls about. It is shown where anybody may read it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One reminder: moments and a number, nothing of what they are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextReminderRow {
    /// The same as long as it reminds of the same time.
    pub id: u32,
    /// When to show it, in milliseconds since 1970.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// From when on it would only puzzle, in milliseconds since 1970.
    #[ts(type = "number")]
    pub until_ms: i64,
    /// `appointment`, `appointment_tomorrow`, or `today`: something is due.
    pub about: String,
    /// When the appointment is, on the clock of the wall: `10:30`.
    pub clock: Option<String>,
}
