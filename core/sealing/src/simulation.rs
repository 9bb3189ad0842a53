//! Randomness that can be had again, so that a simulated life can be lived twice. Never part of what ships.
//!
//! Three locks: the feature, which `cargo xtask check` allows to the simulation alone; a seed, which must be set on the
//! very thread that asks; and an optimised build, which refuses to set one.

use std::cell::RefCell;

use sha2::{Digest, Sha256};

thread_local! {
    static STREAM: RefCell<Option<Stream>> = const { RefCell::new(None) };
}

struct Stream {
    seed: [u8; 32],
    block: u64,
}

/// While it lives, everything random on this thread follows from its seed.
#[derive(Debug)]
pub struct Seeded(());

impl Seeded {
    /// From here on this thread's randomness follows from a seed.
    ///
    /// # Panics
    /// In a build without debug assertions: what ships must not be able to guess its keys.
    #[must_use]
    pub fn with(seed: [u8; 32]) -> Self {
        Self::refuse_outside_of_simulations();
        STREAM.with_borrow_mut(|stream| *stream = Some(Stream { seed, block: 0 }));
        Self(())
    }

    #[cfg(debug_assertions)]
    fn refuse_outside_of_simulations() {}

    #[cfg(not(debug_assertions))]
    #[allow(clippy::panic, reason = "nothing that ships may go on with guessable keys")]
    fn refuse_outside_of_simulations() {
        panic!("randomness follows a seed in simulations only");
    }
}

impl Drop for Seeded {
    fn drop(&mut self) {
        STREAM.with_borrow_mut(|stream| *stream = None);
    }
}

/// Fills the bytes from this thread's seed; `false` where none is set.
pub(crate) fn fill(bytes: &mut [u8]) -> bool {
    STREAM.with_borrow_mut(|stream| {
        let Some(stream) = stream else { return false };
        for part in bytes.chunks_mut(32) {
            let block = Sha256::new().chain_update(stream.seed).chain_update(stream.block.to_be_bytes()).finalize();
            stream.block += 1;
            part.iter_mut().zip(block).for_each(|(to, from)| *to = from);
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random_bytes;

    #[test]
    fn without_a_seed_of_this_thread_the_operating_system_is_asked() {
        let _seeded = Seeded::with([1; 32]);
        let elsewhere = || std::thread::spawn(random_bytes::<32>).join().unwrap();
        assert_ne!(elsewhere(), elsewhere());
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_until_it_is_dropped() {
        let draw = || {
            let _seeded = Seeded::with([7; 32]);
            random_bytes::<50>()
        };
        assert_eq!(draw(), draw());
        assert_ne!(random_bytes::<32>(), random_bytes::<32>());
    }
}
