//! How much is sealed while others wait.

/// What of one turn is left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    envelopes: usize,
    bytes: usize,
}

impl Room {
    /// What is sealed in one turn: some 50 ms of work on the slowest machines it was measured on.
    pub(crate) const OF_ONE_TURN: Self = Self { envelopes: 100, bytes: 128 * 1024 };
    /// For what is done whole or not at all.
    pub(crate) const ENDLESS: Self = Self { envelopes: usize::MAX, bytes: usize::MAX };

    pub(crate) const fn is_used_up(self) -> bool {
        self.envelopes == 0 || self.bytes == 0
    }

    pub(crate) const fn take_envelope(&mut self) {
        self.envelopes = self.envelopes.saturating_sub(1);
    }

    /// Changes before they are packed: packing them is the work.
    pub(crate) const fn take_bytes(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}
