//! A message that reminds a citizen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A message, ready to be sent from the telephone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReminderTextRow {
    /// The message.
    pub text: String,
    /// Why the appointment's own words are not in it, in Danish.
    pub withheld: Option<String>,
}
