//! What a checker found wrong.

use std::fmt;

/// Who looks at a life, and for what. Numbers are those of the invariants in `core/docs/protocol.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Checker {
    /// Whatever the server acknowledged stays in its log, unless an operator restored an older copy.
    Durable,
    /// After a restore everything a device holds a receipt for is back (9).
    Restored,
    /// Whatever a device acknowledged as saved is there after a crash (11, 12).
    Saved,
    /// Local work is never refused because of what happened elsewhere (12).
    LocalWork,
    /// Entitled devices have equal heads and equal readings of every document (17).
    Equal,
    /// Each saved word is readable once, and once only, by every entitled device (2).
    Once,
    /// Nothing of a folder reaches a member who holds no grant in it (3).
    Ungranted,
    /// A device holds every row it may read, and a cursor never passes a row that is not stored (2, 5, 11).
    Complete,
    /// What became of an envelope never changes (6).
    Disposition,
    /// The log's numbers have no gap and no envelope stands in it twice (1).
    Sequence,
    /// After healing nothing waits: no outbox, no unsealed change, no backfill, no row that is not looked at (13).
    Queues,
    /// Nothing is put aside where nobody did wrong.
    Quarantine,
    /// A row that nobody signed is never taken in.
    Forgery,
    /// A device that lost its grant keeps nothing of the folder.
    Purged,
    /// What two people erased is nowhere (see `core/protocol/src/erasure_rules.rs`).
    Erased,
    /// A history that was withheld or rolled back is noticed.
    Noticed,
    /// Healing comes to an end within a bounded number of exchanges.
    Settles,
    /// Nothing panics.
    Panic,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Who found it.
    pub checker: Checker,
    /// What it is; ids only, for there is nobody's name in a simulated life.
    pub what: String,
}

impl Finding {
    pub(crate) fn new(checker: Checker, what: impl Into<String>) -> Self {
        Self { checker, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.checker, self.what)
    }
}
