//! What guards the key of a home's database: a passphrase on an office computer, the phone's own vault on a phone.

use std::fs;

use feltbog_sealing::{KeyFile, LocalKey, Secret, VaultFile};
use feltbog_store::Home;
use zeroize::Zeroizing;

use crate::error::AppError;

/// A phone's vault. It may ask whoever holds the phone, and take as long as that takes.
pub trait KeyVault: Send + Sync {
    /// Makes of a key what lies beside the database, and what this vault alone unwraps.
    ///
    /// # Errors
    /// [`VaultFailure`]; no home is made then.
    fn wrap_key(&self, key: &[u8]) -> Result<Vec<u8>, VaultFailure>;

    /// The key it was made of.
    ///
    /// # Errors
    /// [`VaultFailure`]; the home stays locked then.
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultFailure>;
}

/// Why a vault did not do its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultFailure {
    /// Whoever holds the phone did not show that it is theirs.
    #[error("the vault was not opened")]
    Declined,
    /// Not now: the phone itself is locked, or just starting.
    #[error("the vault cannot be used now")]
    Unavailable,
    /// The vault has its key no more, as after a new screen lock.
    #[error("the vault's key is gone")]
    KeyGone,
    /// It failed in another way, or gave something that is no key.
    #[error("the vault failed")]
    Broken,
}

/// What a home is locked with.
#[derive(Clone, Copy)]
pub enum Guard<'a> {
    /// Typed by somebody.
    Passphrase(&'a [u8]),
    /// The phone's own.
    Vault(&'a dyn KeyVault),
}

impl Guard<'_> {
    /// Makes a new key and the file that stands for it.
    pub(crate) fn new_key(self) -> Result<(Vec<u8>, LocalKey), AppError> {
        match self {
            Guard::Passphrase(passphrase) => {
                let (file, key) = KeyFile::create(passphrase)?;
                Ok((file.to_bytes(), key))
            }
            Guard::Vault(vault) => {
                let key = Secret::random();
                let wrapped = vault.wrap_key(key.expose())?;
                Ok((VaultFile::of(wrapped).to_bytes(), LocalKey::from_secret(key)))
            }
        }
    }

    /// The key of a home.
    pub(crate) fn unlock(self, home: &Home) -> Result<LocalKey, AppError> {
        let file = fs::read(home.key_file()).map_err(|error| AppError::File(error.kind()))?;
        match self {
            Guard::Passphrase(passphrase) => Ok(KeyFile::from_bytes(&file)?.unlock(passphrase)?),
            Guard::Vault(vault) => {
                let key = vault.unwrap_key(VaultFile::from_bytes(&file)?.wrapped())?;
                Secret::from_slice(&key).map(LocalKey::from_secret).ok_or(AppError::Vault(VaultFailure::Broken))
            }
        }
    }
}
