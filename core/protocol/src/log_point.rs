//! A place in the server's log together with everything before it.
//!
//! A device holds only the rows it may see, so it cannot tell by them whether the log is still the one it read. The server
//! therefore gives a running hash of the whole log at the place a page ends, and compares when the device comes back: two
//! logs with the same hash at one place are the same up to there, whatever was put back or written on in between.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::envelope::EnvelopeHash;

/// Points that are kept unthinned: the last few days of a device.
const RECENT: usize = 8;

/// The running hash of a log: `c(0)` is 32 zero bytes, `c(n) = SHA-256(c(n-1) ‖ env_hash(n))`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogChain(pub [u8; 32]);

impl LogChain {
    /// The hash with one more row.
    #[must_use]
    pub fn with(self, row: EnvelopeHash) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(row.0).finalize().into())
    }

    /// The point of this place.
    #[must_use]
    pub fn at(self, seq: u64) -> LogPoint {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        LogPoint { seq, chain: [a, b, c, d, e, f, g, h] }
    }
}

/// A place in the log, and the first eight bytes of its running hash there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct LogPoint {
    /// The place; 0 is before the first row.
    #[n(0)]
    pub seq: u64,
    /// The beginning of the running hash. Not a proof against anybody, only enough never to be the same by chance.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub chain: [u8; 8],
}

impl LogPoint {
    /// Before the first row, where all logs are the same.
    pub const ORIGIN: Self = Self { seq: 0, chain: [0; 8] };
}

/// Leaves out points, newest first, so that few remain however long a device lives: the last few, and of those further away
/// the newest and the oldest of each doubling of the distance.
pub fn thin(points: &mut Vec<LogPoint>) {
    let Some(newest) = points.first().map(|point| point.seq) else { return };
    let octave = |point: &LogPoint| newest.saturating_sub(point.seq).checked_ilog2();
    let octaves: Vec<Option<u32>> = points.iter().map(octave).collect();
    let is_between = |place: usize| {
        let (before, own, after) = (place.checked_sub(1), octaves.get(place), octaves.get(place + 1));
        own == after && own == before.and_then(|before| octaves.get(before))
    };
    let mut place = 0;
    points.retain(|_| {
        let stays = place < RECENT || !is_between(place);
        place += 1;
        stays
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain_of(rows: impl IntoIterator<Item = u8>) -> LogChain {
        rows.into_iter().fold(LogChain::default(), |chain, row| chain.with(EnvelopeHash([row; 32])))
    }

    #[test]
    fn the_same_row_at_the_same_place_after_other_rows_is_another_point() {
        assert_eq!(chain_of([1, 2, 3]).at(3), chain_of([1, 2, 3]).at(3));
        assert_ne!(chain_of([1, 2, 3]).at(3), chain_of([2, 1, 3]).at(3));
        assert_eq!(LogChain::default().at(0), LogPoint::ORIGIN);
    }

    #[test]
    fn a_device_that_lives_long_keeps_few_points_and_one_near_every_place() {
        let mut points: Vec<LogPoint> = Vec::new();
        for seq in 1..=100_000 {
            points.insert(0, LogPoint { seq, chain: [0; 8] });
            thin(&mut points);
        }
        assert!(points.len() < crate::limits::POINTS, "{}", points.len());
        for lost in [1_u64, 10, 1_000, 50_000] {
            let found = points.iter().find(|point| point.seq <= 100_000 - lost).map_or(0, |point| point.seq);
            assert!(100_000 - found <= lost * 4 + 8, "{lost} rows lost, goes back to {found}");
        }
    }
}
