//! A state of a document, named by its newest changes.

use std::fmt;
use std::str::FromStr;

use automerge::ChangeHash;

/// The hashes of the newest changes, sorted: equal heads are equal documents. Empty means "whatever is newest".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Heads(Vec<[u8; 32]>);

/// The text is no list of hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("heads are hashes of 64 hexadecimal digits")]
pub struct HeadsError;

impl Heads {
    /// The newest state, whichever that is.
    #[must_use]
    pub const fn newest() -> Self {
        Self(Vec::new())
    }

    /// These hashes, in any order.
    #[must_use]
    pub fn new(mut hashes: Vec<[u8; 32]>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// The hashes, sorted.
    #[must_use]
    pub fn hashes(&self) -> &[[u8; 32]] {
        &self.0
    }

    /// Whether this stands for "newest".
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each hash as 64 hex digits, sorted.
    #[must_use]
    pub fn to_hex(&self) -> Vec<String> {
        self.0.iter().map(|hash| ChangeHash(*hash).to_string()).collect()
    }

    /// Reads what [`Self::to_hex`] wrote.
    ///
    /// # Errors
    /// [`HeadsError`] when one of them is no hash.
    pub fn from_hex<S: AsRef<str>>(hashes: &[S]) -> Result<Self, HeadsError> {
        let parsed: Result<Vec<[u8; 32]>, HeadsError> = hashes.iter().map(|text| parse_hash(text.as_ref())).collect();
        parsed.map(Self::new)
    }

    pub(crate) fn of(hashes: &[ChangeHash]) -> Self {
        Self::new(hashes.iter().map(|hash| hash.0).collect())
    }

    pub(crate) fn to_change_hashes(&self) -> Vec<ChangeHash> {
        self.0.iter().map(|hash| ChangeHash(*hash)).collect()
    }
}

fn parse_hash(text: &str) -> Result<[u8; 32], HeadsError> {
    // Lower case only: one state, one spelling.
    if text.len() != 64 || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(HeadsError);
    }
    ChangeHash::from_str(text).map(|hash| hash.0).map_err(|_| HeadsError)
}

impl fmt::Display for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex().join(","))
    }
}

impl FromStr for Heads {
    type Err = HeadsError;

    fn from_str(text: &str) -> Result<Self, HeadsError> {
        let parts: Vec<&str> = text.split(',').filter(|part| !part.is_empty()).collect();
        Self::from_hex(&parts)
    }
}

impl fmt::Debug for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Heads({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_survive_being_written_and_read_in_any_order() {
        let heads = Heads::new(vec![[7; 32], [3; 32]]);
        assert_eq!(heads.to_string().parse::<Heads>(), Ok(heads.clone()));
        assert_eq!(Heads::from_hex(&heads.to_hex()), Ok(heads));
        assert_eq!("".parse::<Heads>(), Ok(Heads::newest()));
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        assert_eq!("abc".parse::<Heads>(), Err(HeadsError));
        assert_eq!("G".repeat(64).parse::<Heads>(), Err(HeadsError));
    }
}
