//! What cannot be read of a file, and where.

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {says}")]
pub struct Unreadable {
    /// Where, counted from one.
    pub line: usize,
    /// What the reader says, on one line, in English.
    pub says: String,
}

impl Unreadable {
    pub(crate) fn of(text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        Self { line: line_of(text, start), says: error.message().trim().replace('\n', " ") }
    }
}

/// The line, counted from one, on which so many bytes of a text end.
pub(crate) fn line_of(text: &str, bytes: usize) -> usize {
    text.get(..bytes).unwrap_or_default().matches('\n').count() + 1
}
