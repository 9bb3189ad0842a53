//! The one seed of a municipality, from which root and recovery keys come. It exists in full only during `setup` and
//! at a recovery station.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key_pairs::{SigningPair, WrapPair};
use crate::secret::Secret;

/// Thirty-two random bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootSeed(Secret);

impl RootSeed {
    /// A new seed.
    #[must_use]
    pub fn random() -> Self {
        Self(Secret::random())
    }

    /// The seed of these bytes.
    #[must_use]
    pub fn from_secret(secret: Secret) -> Self {
        Self(secret)
    }

    /// The bytes, to be split into shares.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.0
    }

    /// Signs the first certificates.
    #[must_use]
    pub fn root(&self) -> SigningPair {
        SigningPair::from_seed(&self.derive(b"feltbog/root/1"))
    }

    /// Opens the recovery wraps.
    #[must_use]
    pub fn recovery(&self) -> WrapPair {
        WrapPair::from_seed(&self.derive(b"feltbog/recovery/1"))
    }

    fn derive(&self, purpose: &[u8]) -> Secret {
        let mut derived = Zeroizing::new([0; 32]);
        let expanded = Hkdf::<Sha256>::new(None, self.0.expose()).expand(purpose, derived.as_mut());
        debug_assert!(expanded.is_ok(), "HKDF refused 32 bytes");
        Secret::new(*derived)
    }
}
