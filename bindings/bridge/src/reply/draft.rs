//! What somebody has begun to write.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A form that was begun.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftKept {
    /// Which form, about what: the interface's own word.
    pub about: String,
    /// What stands in it, as the interface wrote it.
    pub text: String,
}
