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

/// What happened, and where.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Told {
    /// What.
    #[serde(flatten)]
    pub event: Event,
    /// The municipality's place; where nobody knows any more, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub municipality: Option<u32>,
}

impl Told {
    /// Some events were lost on a listener that was too slow: reading everything again makes up for all of them.
    pub const LOST: Self = Self { event: Event::Changed, municipality: None };
}
