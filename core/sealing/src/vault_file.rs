//! The file beside a phone's database: the database's key as the phone's own vault wrapped it.

use minicbor::{Decode, Encode};

/// Another number than a key file's, so that neither is ever taken for the other.
const FORMAT: u32 = 2;

/// A device's database key under a vault.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct VaultFile {
    #[n(0)]
    format: u32,
    #[cbor(n(1), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
}

/// The file is none of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nøglefilen kan ikke læses")]
pub struct NoVaultFile;

impl VaultFile {
    /// Keeps what a vault made of the key.
    #[must_use]
    pub fn of(wrapped: Vec<u8>) -> Self {
        Self { format: FORMAT, wrapped }
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        feltbog_protocol::encode(self)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`NoVaultFile`], also for a key file that a passphrase opens.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoVaultFile> {
        let file: Self = feltbog_protocol::decode(bytes).map_err(|_| NoVaultFile)?;
        if file.format == FORMAT { Ok(file) } else { Err(NoVaultFile) }
    }

    /// What the vault unwraps.
    #[must_use]
    pub fn wrapped(&self) -> &[u8] {
        &self.wrapped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key_file::KeyFile;

    #[test]
    fn a_vault_file_is_no_key_file_and_a_key_file_no_vault_file() {
        let vault = VaultFile::of(vec![7; 60]);
        assert_eq!(VaultFile::from_bytes(&vault.to_bytes()), Ok(vault.clone()));
        assert!(KeyFile::from_bytes(&vault.to_bytes()).is_err());
        let (key_file, _) = KeyFile::create(b"en").unwrap();
        assert_eq!(VaultFile::from_bytes(&key_file.to_bytes()), Err(NoVaultFile));
    }
}
