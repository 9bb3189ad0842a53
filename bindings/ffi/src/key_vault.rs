//! What the phone keeps the database's key in.

use std::sync::Arc;

use feltbog_bridge::VaultFailure;
use zeroize::Zeroizing;

/// The phone's own vault: Android's Keystore, the Keychain with the Secure Enclave. It is called on threads that may wait
/// for somebody to show a face or a finger, never on the one that draws.
#[uniffi::export(with_foreign)]
pub trait KeyVault: Send + Sync {
    /// Wraps 32 bytes so that only this vault unwraps them. Keep neither those nor a copy.
    ///
    /// # Errors
    /// [`VaultError`]; no device is made then.
    fn wrap_key(&self, key: Vec<u8>) -> Result<Vec<u8>, VaultError>;

    /// Gives back the bytes of which these were made.
    ///
    /// # Errors
    /// [`VaultError`]; the device stays locked then.
    fn unwrap_key(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, VaultError>;
}

/// Why the vault did not do its part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum VaultError {
    /// Whoever holds the phone did not show that it is theirs.
    #[error("declined")]
    Declined,
    /// Not now: the phone itself is locked, or just starting.
    #[error("unavailable")]
    Unavailable,
    /// The vault has its key no more, as after a new screen lock.
    #[error("key gone")]
    KeyGone,
    /// Something that was not foreseen.
    #[error("unexpected")]
    Unexpected {
        /// For whoever debugs the host; it is kept nowhere.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for VaultError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected { reason: error.reason }
    }
}

impl From<VaultError> for VaultFailure {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Declined => Self::Declined,
            VaultError::Unavailable => Self::Unavailable,
            VaultError::KeyGone => Self::KeyGone,
            VaultError::Unexpected { .. } => Self::Broken,
        }
    }
}

/// The phone's vault as the core knows it.
pub(crate) struct HostVault(pub(crate) Arc<dyn KeyVault>);

impl feltbog_bridge::KeyVault for HostVault {
    fn wrap_key(&self, key: &[u8]) -> Result<Vec<u8>, VaultFailure> {
        Ok(self.0.wrap_key(key.to_vec())?)
    }

    fn unwrap_key(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultFailure> {
        Ok(self.0.unwrap_key(wrapped.to_vec()).map(Zeroizing::new)?)
    }
}
