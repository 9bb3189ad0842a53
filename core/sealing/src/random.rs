//! The operating system's random source.

/// Fresh random bytes.
///
/// # Panics
/// When the operating system has no randomness to give. Going on would mean guessable keys.
#[must_use]
#[allow(clippy::expect_used, reason = "no safe way to go on without randomness")]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives no random bytes");
    bytes
}

/// A fresh random id.
#[must_use]
pub fn random_id<T: From<[u8; 16]>>() -> T {
    T::from(random_bytes())
}
