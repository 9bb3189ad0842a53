//! The file beside an office computer's database: the database's key under a passphrase.
//!
//! A phone keeps this key in its own vault; the file is the desktop's stand-in for one.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::secret::Secret;

/// Argon2id, 19 MiB, 2 passes, 1 lane: the least the OWASP password cheat sheet allows. The file names what it was
/// made with, so that the figures can rise without a new format.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Never spend more than this on a file somebody may have altered.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;
const BOUND_TO: &[u8] = b"feltbog/key-file/1";

/// A device's database key under a passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct KeyFile {
    #[n(0)]
    format: u32,
    #[n(1)]
    memory_kib: u32,
    #[n(2)]
    passes: u32,
    #[n(3)]
    lanes: u32,
    #[cbor(n(4), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(5), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

/// Why the key could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Another passphrase, or an altered file: the two cannot be told apart.
    #[error("adgangssætningen passer ikke")]
    WrongPassphrase,
    /// The file is no key file of this version.
    #[error("nøglefilen kan ikke læses")]
    Unreadable,
    /// The machine has too little memory to derive the key.
    #[error("der er for lidt hukommelse til at åbne nøglefilen")]
    OutOfMemory,
}

/// Everything that is derived from an unlocked key file.
#[derive(Clone)]
pub struct LocalKey {
    database: Secret,
}

impl KeyFile {
    /// Makes a new database key and puts it under the passphrase.
    ///
    /// # Errors
    /// [`KeyFileError::OutOfMemory`].
    pub fn create(passphrase: &[u8]) -> Result<(Self, LocalKey), KeyFileError> {
        let database = Secret::random();
        let mut file = Self {
            format: 1,
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: crate::random_bytes(),
            sealed: Vec::new(),
        };
        let cipher = file.cipher(passphrase)?;
        // Salt, and with it the key, is fresh for each file, so the nonce may be constant.
        file.sealed = cipher
            .encrypt(&Nonce::default(), Payload { msg: database.expose(), aad: BOUND_TO })
            .map_err(|_| KeyFileError::Unreadable)?;
        Ok((file, LocalKey { database }))
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        feltbog_protocol::encode(self)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`KeyFileError::Unreadable`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyFileError> {
        let file: Self = feltbog_protocol::decode(bytes).map_err(|_| KeyFileError::Unreadable)?;
        let sane =
            file.format == 1 && file.memory_kib <= MOST_MEMORY_KIB && file.passes <= MOST_PASSES && file.lanes <= 4;
        if sane { Ok(file) } else { Err(KeyFileError::Unreadable) }
    }

    /// Opens the file.
    ///
    /// # Errors
    /// [`KeyFileError::WrongPassphrase`] when it does not fit.
    pub fn unlock(&self, passphrase: &[u8]) -> Result<LocalKey, KeyFileError> {
        let opened = self
            .cipher(passphrase)?
            .decrypt(&Nonce::default(), Payload { msg: &self.sealed, aad: BOUND_TO })
            .map(Zeroizing::new)
            .map_err(|_| KeyFileError::WrongPassphrase)?;
        Secret::from_slice(&opened).map(|database| LocalKey { database }).ok_or(KeyFileError::Unreadable)
    }

    fn cipher(&self, passphrase: &[u8]) -> Result<ChaCha20Poly1305, KeyFileError> {
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| KeyFileError::Unreadable)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, &self.salt, key.as_mut())
            .map_err(|_| KeyFileError::OutOfMemory)?;
        Ok(ChaCha20Poly1305::new(&Key::from(*key)))
    }
}

impl LocalKey {
    /// A key that was kept by a phone's vault, or for a test.
    #[must_use]
    pub fn from_secret(database: Secret) -> Self {
        Self { database }
    }

    /// The database's raw key.
    #[must_use]
    pub fn database(&self) -> &Secret {
        &self.database
    }
}

impl fmt::Debug for LocalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LocalKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_passphrase_opens_and_a_wrong_one_does_not() {
        let (file, key) = KeyFile::create("en lang sætning".as_bytes()).unwrap();
        let read = KeyFile::from_bytes(&file.to_bytes()).unwrap();
        assert_eq!(read.unlock("en lang sætning".as_bytes()).unwrap().database(), key.database());
        assert_eq!(read.unlock(b"en anden").err(), Some(KeyFileError::WrongPassphrase));
    }

    #[test]
    fn a_file_that_asks_for_absurd_work_is_refused() {
        let (mut file, _) = KeyFile::create(b"x").unwrap();
        file.memory_kib = u32::MAX;
        assert_eq!(KeyFile::from_bytes(&file.to_bytes()).err(), Some(KeyFileError::Unreadable));
    }
}
