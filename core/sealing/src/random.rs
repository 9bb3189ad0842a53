//! The one door to randomness: the operating system's source.

use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};

/// Fresh random bytes.
///
/// # Panics
/// When the operating system has no randomness to give. Going on would mean guessable keys.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// A fresh random id.
#[must_use]
pub fn random_id<T: From<[u8; 16]>>() -> T {
    T::from(random_bytes())
}

#[allow(clippy::expect_used, reason = "no safe way to go on without randomness")]
fn fill(bytes: &mut [u8]) {
    #[cfg(feature = "simulation")]
    if crate::simulation::fill(bytes) {
        return;
    }
    getrandom::fill(bytes).expect("the operating system gives no random bytes");
}

/// The same source for those who take a generator.
pub(crate) struct Source;

impl TryRng for Source {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_be_bytes(random_bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_be_bytes(random_bytes()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Source {}
