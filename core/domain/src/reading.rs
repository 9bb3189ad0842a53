//! One reading about a citizen, as it is written down, sealed, and kept by the records officers.

use crate::ids::DocumentId;

/// What somebody read, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// When, milliseconds since 1970, by the reader's device.
    pub at_ms: i64,
    /// Code of a [`crate::ReadAction`]; a newer version may know more of them.
    pub action: u8,
    /// The entry, where it was one.
    pub document: Option<DocumentId>,
    /// What was searched for.
    pub words: Option<String>,
}
