//! The key receipts and leases are signed with. It stands in a file of its own, outside the database and its backups.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::ops::RangeInclusive;
use std::path::Path;

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer, SigningKey};
use feltbog_domain::{DeviceId, TenantId};
use feltbog_protocol::{Lease, Receipt, ReceiptChain};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::mark::sync_folder;

const SEED_LEN: usize = 32;
const ACCOUNT_PREFIX: &[u8] = b"feltbog/account/1\0";

/// Ed25519; wiped from memory when dropped.
pub(crate) struct ReceiptKey(SigningKey);

/// Why the key could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReceiptKeyError {
    /// The file.
    #[error("the receipt key's file failed: {0}")]
    File(#[from] io::Error),
    /// Not 32 bytes.
    #[error("the receipt key's file does not hold a key of {SEED_LEN} bytes")]
    Length,
    /// The system's random source.
    #[error("the system gave no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptKey(..)")
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl ReceiptKey {
    /// Makes a key and its file, readable by its owner only; never over one that exists. The file is there whole or not at
    /// all: one that was begun under its name when the process was killed would never be made again.
    pub(crate) fn create(path: &Path) -> Result<Self, ReceiptKeyError> {
        let mut seed = Zeroizing::new([0_u8; SEED_LEN]);
        getrandom::fill(seed.as_mut_slice())?;
        let mut name = [0; 8];
        getrandom::fill(&mut name)?;
        let fresh = path.with_extension(format!("key.{}", HEXLOWER.encode(&name)));
        let made = write_private(&fresh, seed.as_slice()).and_then(|()| fs::hard_link(&fresh, path));
        // Whatever happened, the key does not lie there twice.
        let removed = fs::remove_file(&fresh);
        made.and(removed)?;
        sync_folder(path)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads the key.
    pub(crate) fn load(path: &Path) -> Result<Self, ReceiptKeyError> {
        let mut seed = Zeroizing::new([0_u8; SEED_LEN]);
        let mut file = File::open(path)?;
        if file.metadata()?.len() != SEED_LEN as u64 {
            return Err(ReceiptKeyError::Length);
        }
        file.read_exact(seed.as_mut_slice())?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// The key of a simulated server.
    pub(crate) fn from_seed(seed: &[u8; SEED_LEN]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public part, which the root certifies.
    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs that a device's envelopes of these numbers were disposed of.
    pub(crate) fn receipt(
        &self,
        tenant: TenantId,
        epoch: &[u8; 16],
        device: DeviceId,
        numbers: RangeInclusive<u64>,
        chain: &ReceiptChain,
    ) -> Receipt {
        let (first, last) = numbers.into_inner();
        let signed = Receipt::signed_bytes(tenant, epoch, device, first, last, chain.bytes());
        Receipt { first, last, chain: *chain.bytes(), signature: self.0.sign(&signed).to_bytes() }
    }

    /// A name that stands for an account: the same each time, and not to be found out from a copy of the database, which this
    /// key is not in. Signatures of this kind are always the same for the same text.
    pub(crate) fn pseudonym(&self, tenant: TenantId, issuer: &str, account: &str) -> [u8; 32] {
        let text = [ACCOUNT_PREFIX, tenant.as_bytes(), issuer.as_bytes(), b"\0", account.as_bytes()].concat();
        Sha256::digest(self.0.sign(&text).to_bytes()).into()
    }

    /// Signs that a device may work offline until then.
    pub(crate) fn lease(&self, tenant: TenantId, device: DeviceId, until_ms: i64) -> Lease {
        let signed = Lease::signed_bytes(tenant, device, until_ms);
        Lease { until_ms, signature: self.0.sign(&signed).to_bytes() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_after_loading_and_is_never_made_over_another() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("receipt.key");
        let made = ReceiptKey::create(&path).unwrap();
        assert_eq!(ReceiptKey::load(&path).unwrap().public(), made.public());
        assert!(ReceiptKey::create(&path).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_but_the_owner_reads_the_key() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("receipt.key");
        ReceiptKey::create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", ReceiptKey(SigningKey::from_bytes(&[7; 32]))), "ReceiptKey(..)");
    }
}
