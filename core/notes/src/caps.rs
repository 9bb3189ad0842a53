//! What a change and a document may be at most.

/// Limits that are checked before anything is decoded or applied. Byte size is no memory limit: a few bytes of
/// run-length encoding can stand for millions of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of one change as it travels.
    pub change_bytes: usize,
    /// Operations of one change; every letter of a note is one.
    pub operations: usize,
    /// Bytes that the keys and names of one change may fill once written out for each operation.
    pub expanded_bytes: usize,
    /// Changes that one may directly follow.
    pub dependencies: usize,
    /// Characters of a note.
    pub note_characters: usize,
    /// Changes in one document.
    pub document_changes: usize,
    /// Operations in one document. Saved bytes are no limit: letters written and taken away again and again are packed to
    /// nothing, and expanded each time the document is loaded.
    pub document_operations: u64,
    /// Bytes of one saved document.
    pub document_bytes: usize,
    /// Changes that wait for others they follow.
    pub waiting_changes: usize,
    /// Bytes of waiting changes.
    pub waiting_bytes: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            change_bytes: 256 * 1024,
            // A note of the greatest length, written or taken away in one save, and its fields.
            operations: 210_000,
            expanded_bytes: 1024 * 1024,
            dependencies: 1_000,
            note_characters: 200_000,
            document_changes: 20_000,
            // The longest note three times over.
            document_operations: 600_000,
            document_bytes: 4 * 1024 * 1024,
            waiting_changes: 500,
            waiting_bytes: 1024 * 1024,
        }
    }
}
