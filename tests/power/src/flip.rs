//! Bits that turn over by themselves.

use feltbog_harness::Chance;

/// A copy of a file with one bit turned over, and which byte it was.
///
/// # Panics
/// When there is nothing to turn over.
#[must_use]
pub fn flipped(bytes: &[u8], chance: &mut Chance) -> (Vec<u8>, usize) {
    let mut copy = bytes.to_vec();
    let at = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
    copy[at] ^= 1 << chance.below(8);
    (copy, at)
}
