//! What an exchange in the background came to.

use feltbog_bridge::{Exchanged, Synced};

use crate::reminders::Reminders;

/// Counts, for a log without names or for a badge, and what to remind of.
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
    /// What to remind of from now on.
    pub reminders: Reminders,
}

impl From<Exchanged> for SyncOutcome {
    /// Of every municipality together.
    fn from(Exchanged { synced, reminders }: Exchanged) -> Self {
        let sum = |count: fn(&Synced) -> u32| synced.iter().map(count).fold(0, u32::saturating_add);
        Self {
            sent: sum(|one| one.sent),
            received: sum(|one| one.received),
            refused: sum(|one| u32::try_from(one.refused.len()).unwrap_or(u32::MAX)),
            unsent: sum(|one| one.unsent),
            reminders: reminders.into(),
        }
    }
}
