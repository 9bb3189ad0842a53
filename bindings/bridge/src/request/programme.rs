//! What differs from programme to programme.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A programme's settings; what is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ProgrammeTyped {
    /// Name of the programme; may be absent while there is one.
    #[serde(default)]
    pub programme: Option<String>,
    /// Whether its consultants are the authority.
    #[serde(default)]
    pub authority: Option<bool>,
    /// From one statutory talk to the next, as people type it; nothing when empty.
    #[serde(default)]
    pub talk_interval: Option<String>,
}
