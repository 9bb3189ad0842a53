//! What a server has from the machine it runs on, and what a simulation gives it instead.

use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::clock;

/// Time, chance, and where work that waits is done.
pub(crate) struct Surroundings {
    clock: Box<dyn Fn() -> i64 + Send + Sync>,
    random: Box<dyn Fn() -> Result<[u8; 16], getrandom::Error> + Send + Sync>,
    place: Place,
}

/// Where work is done that computes or waits for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On threads made for waiting.
    Threads,
    /// Here and at once: one request after the other, always in the same order.
    Here,
}

impl Surroundings {
    /// The machine's own.
    pub(crate) fn of_the_machine() -> Self {
        Self { clock: Box::new(clock::now_ms), random: Box::new(of_the_system), place: Place::Threads }
    }

    /// Time as told, chance from a seed.
    pub(crate) fn simulated(clock: impl Fn() -> i64 + Send + Sync + 'static, dice: Arc<Dice>) -> Self {
        Self { clock: Box::new(clock), random: Box::new(move || Ok(dice.throw())), place: Place::Here }
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// Sixteen bytes nobody can guess.
    pub(crate) fn random(&self) -> Result<[u8; 16], getrandom::Error> {
        (self.random)()
    }

    /// Where work is done.
    pub(crate) fn place(&self) -> Place {
        self.place
    }
}

/// Sixteen bytes of the system's random source.
pub(crate) fn of_the_system() -> Result<[u8; 16], getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Dice {
    seed: u64,
    thrown: Mutex<u64>,
}

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self { seed, thrown: Mutex::new(0) }
    }

    /// The next sixteen bytes.
    pub(crate) fn throw(&self) -> [u8; 16] {
        let mut thrown = self.thrown.lock().unwrap_or_else(PoisonError::into_inner);
        *thrown += 1;
        let hash: [u8; 32] = Sha256::new()
            .chain_update(b"feltbog/dice/1\0")
            .chain_update(self.seed.to_be_bytes())
            .chain_update(thrown.to_be_bytes())
            .finalize()
            .into();
        hash.first_chunk::<16>().copied().unwrap_or_default()
    }
}
