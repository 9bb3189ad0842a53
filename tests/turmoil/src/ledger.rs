//! What was saved, by whom, and who must have it in the end.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{DocumentId, FolderKind};

use crate::founded::FIRST_CASE;

/// Everything any device has answered for.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Devices on each case.
    pub(crate) cases: BTreeMap<String, BTreeSet<usize>>,
    /// Entries.
    pub(crate) entries: BTreeMap<DocumentId, Written>,
    words: u64,
}

/// One entry.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) case: String,
    pub(crate) folder: FolderKind,
    /// The device it was begun on.
    pub(crate) by: usize,
    /// Every word put into its note, by anybody.
    pub(crate) words: Vec<String>,
}

impl Ledger {
    pub(crate) fn of(devices: usize) -> Self {
        Self { cases: BTreeMap::from([(FIRST_CASE.to_owned(), (0..devices).collect())]), ..Self::default() }
    }

    /// A word nobody has written before.
    pub(crate) fn new_word(&mut self, device: usize) -> String {
        self.words += 1;
        format!("ord{}fra{device}.", self.words)
    }

    /// A case number nobody has used before.
    pub(crate) fn new_number(&mut self) -> String {
        format!("S-{}", self.cases.len())
    }
}
