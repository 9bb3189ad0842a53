//! What is done with an entry after it was written.

use crate::moment::Moment;

/// Marks beside an entry's own words. They may be set on a journalised entry too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryMarks {
    /// *Fejlregistreret*, and why. The entry stays readable and counts for nothing.
    pub mistaken: Option<String>,
    /// The number it has in the municipality's own system: *journaliseret*, and locked from then on.
    pub journal_number: Option<String>,
    /// When it was marked as journalised.
    pub journalised_at: Option<Moment>,
    /// Somebody decided that it does not belong in the journal.
    pub journal_not_needed: Option<bool>,
    /// When it was read together with the citizen.
    pub read_together_at: Option<Moment>,
}

impl EntryMarks {
    /// Nothing was done with it.
    pub const NONE: EntryMarks = EntryMarks {
        mistaken: None,
        journal_number: None,
        journalised_at: None,
        journal_not_needed: None,
        read_together_at: None,
    };

    /// Whether its words are locked.
    #[must_use]
    pub const fn is_journalised(&self) -> bool {
        self.journal_number.is_some()
    }

    /// Whether it counts in phases, clocks and numbers.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.mistaken.is_none()
    }
}
