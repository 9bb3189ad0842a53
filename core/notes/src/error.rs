//! What can go wrong. No message carries content: codes only.

/// Why an own document could not be read or edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotesError {
    /// Required fields are missing or not yet here.
    #[error("the document lacks required fields")]
    Unreadable,
    /// A newer version wrote something this version would spoil; reading still works.
    #[error("the document may only be edited by a newer version")]
    NewerWriter,
    /// The edit was meant for another kind of document.
    #[error("the document is of another kind")]
    WrongKind,
    /// The edit is larger than a change or a note may be.
    #[error("the edit is too long")]
    TooLong,
    /// The state the editor had opened is not in this document.
    #[error("the opened state is not in this document")]
    UnknownHeads,
    /// The saved bytes are damaged; rebuild the document from its envelopes.
    #[error("the saved document is damaged")]
    Damaged,
    /// Automerge failed or panicked; the document is as it was.
    #[error("the edit failed inside the document library")]
    Internal,
}

impl NotesError {
    /// A stable word for logs and reports.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            NotesError::Unreadable => "unreadable",
            NotesError::NewerWriter => "newer_writer",
            NotesError::WrongKind => "wrong_kind",
            NotesError::TooLong => "too_long",
            NotesError::UnknownHeads => "unknown_heads",
            NotesError::Damaged => "damaged",
            NotesError::Internal => "internal",
        }
    }
}

/// Why foreign changes were refused; the document is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("change refused: {}", self.code())]
#[non_exhaustive]
pub enum ApplyError {
    /// More bytes than a change may have.
    TooManyBytes,
    /// More operations, or more written-out text, than a change may have.
    TooManyOperations,
    /// The note would be too long.
    TextTooLong,
    /// The document would have too many changes or bytes.
    DocumentTooLarge,
    /// Too many changes wait for others.
    TooMuchWaiting,
    /// Anything but one plain change: a compressed chunk or column, a whole document, a bundle.
    CompressedChunk,
    /// The bytes are no change as our encoder writes them.
    Malformed,
    /// A field holds what this kind of document never holds there.
    WrongContent,
    /// It does not follow what it says it follows, or counts its operations wrongly.
    WrongHistory,
    /// The same actor and number already stand for another change.
    ActorReused,
    /// Automerge refused or panicked.
    Panicked,
    /// The document could not be read, saved, loaded or edited with it.
    UnreadableAfter,
}

impl ApplyError {
    /// A stable word for the quarantine report.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            ApplyError::TooManyBytes => "too_many_bytes",
            ApplyError::TooManyOperations => "too_many_operations",
            ApplyError::TextTooLong => "text_too_long",
            ApplyError::DocumentTooLarge => "document_too_large",
            ApplyError::TooMuchWaiting => "too_much_waiting",
            ApplyError::CompressedChunk => "compressed_chunk",
            ApplyError::Malformed => "malformed",
            ApplyError::WrongContent => "wrong_content",
            ApplyError::WrongHistory => "wrong_history",
            ApplyError::ActorReused => "actor_reused",
            ApplyError::Panicked => "panicked",
            ApplyError::UnreadableAfter => "unreadable_after",
        }
    }
}
