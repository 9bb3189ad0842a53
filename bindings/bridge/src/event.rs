//! What the core tells without being asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something happened that a screen may want to show.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Cases or entries changed: read again what is shown.
    Changed,
    /// The door was locked: what is shown goes.
    Locked,
    /// An exchange began.
    ExchangeStarted,
    /// An exchange ended; ask for the status.
    ExchangeEnded {
        /// Whether it reached the server and came back.
        ok: bool,
    },
}
