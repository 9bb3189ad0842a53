//! What happened, line by line, and one hash over all of it: the same seed must give the same hash.

use sha2::{Digest, Sha256};

/// Lines kept for a failure file; the hash covers all that ever were.
const KEPT: usize = 4_000;

/// The trace of one life.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    lines: std::collections::VecDeque<String>,
    hash: Sha256,
}

impl Trace {
    /// One more line.
    pub(crate) fn line(&mut self, at_ms: i64, line: &str) {
        let line = format!("{at_ms} {line}");
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        if self.lines.len() == KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    /// The newest lines, oldest first.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    /// The hash over all lines.
    #[must_use]
    pub fn hash(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.hash.clone().finalize())
    }
}

/// A short name for bytes in a line.
pub(crate) fn short(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..6])
}
