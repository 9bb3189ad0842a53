//! What an exchange in the background came to.

use feltbog_bridge::Synced;

/// Counts, for a log without names or for a badge.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncOutcome {
    /// Envelopes the server accepted.
    pub sent: u32,
    /// Envelopes that came from others.
    pub received: u32,
    /// Envelopes the server refused; the user interface says what became of them.
    pub refused: u32,
    /// Changes that are still only on this phone.
    pub unsent: u32,
}

impl From<Synced> for SyncOutcome {
    fn from(synced: Synced) -> Self {
        let refused = u32::try_from(synced.refused.len()).unwrap_or(u32::MAX);
        Self { sent: synced.sent, received: synced.received, refused, unsent: synced.unsent }
    }
}
