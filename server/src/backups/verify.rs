//! Whether a copy would bring everything back.

use std::io;
use std::path::Path;

use super::manifest::{Manifest, ManifestError};
use super::sets::missing_half;
use super::{DATABASE_FILE, KEY_FILE, SHRED_FILE, newest};
use crate::data_dir::DataDir;
use crate::log::{DatabaseAddress, Inspection, StoreError, inspect, inspect_shared};
use crate::receipt_key::{ReceiptKey, ReceiptKeyError};
use crate::store::Store;

/// A store that is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Municipalities in it.
    pub tenants: u64,
    /// Rows of the log, each held against its hash.
    pub rows: u64,
    /// Folders that were erased since the database was copied: a restore erases them again before it serves.
    pub to_erase: u64,
    /// Folders whose keys are in no copy of the key store yet: after a restore their devices bring them again.
    pub without_key: u64,
}

/// Why a copy is not to be relied on.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Nothing there.
    #[error("there is no backup in this folder: `feltbog-server backup` makes the folders `database` and `keys` in it")]
    NoBackup,
    /// One half.
    #[error(
        "this is half a backup: there is no copy in the folder `{0}`, and neither half opens anything without the other"
    )]
    Half(&'static str),
    /// A file.
    #[error("the backup could not be read: {0}")]
    File(#[from] io::Error),
    /// A set is not what its manifest says.
    #[error("{0}")]
    Set(String),
    /// The receipt key.
    #[error("{0}")]
    Key(String),
    /// The database.
    #[error("{0}")]
    Store(String),
    /// The store is not what it was.
    #[error("not whole:{}", .0.iter().map(|flaw| format!("\n- {flaw}")).collect::<String>())]
    Flaws(Vec<String>),
}

impl From<ManifestError> for VerifyError {
    fn from(error: ManifestError) -> Self {
        VerifyError::Set(error.to_string())
    }
}

impl From<StoreError> for VerifyError {
    fn from(error: StoreError) -> Self {
        VerifyError::Store(error.to_string())
    }
}

impl From<ReceiptKeyError> for VerifyError {
    fn from(error: ReceiptKeyError) -> Self {
        VerifyError::Key(error.to_string())
    }
}

/// Looks the newest backup below `from` through: every file against its hash, the database's pages, every row against the
/// log's running hash, the receipt key against what devices know, the list of erasures against what is erased.
///
/// # Errors
/// [`VerifyError`].
pub fn verify(from: &Path) -> Result<Verified, VerifyError> {
    let (database, keys) =
        newest(from)?.ok_or_else(|| missing_half(from).map_or(VerifyError::NoBackup, VerifyError::Half))?;
    look_through(&database, &keys)
}

/// The same of a store in place, also while a server runs on it.
///
/// # Errors
/// [`VerifyError`].
pub fn verify_store(store: impl Into<Store>) -> Result<Verified, VerifyError> {
    let store = store.into();
    if !store.is_here() {
        return Err(VerifyError::NoBackup);
    }
    look_at_store(&store)
}

/// A store, with the keys in its folder.
pub(crate) fn look_at_store(store: &Store) -> Result<Verified, VerifyError> {
    let dir = store.dir();
    let Some(address) = store.database() else { return look_at_copy(&dir.database(), dir) };
    let key = ReceiptKey::load(&dir.receipt_key())?;
    whole(&inspect_shared(address, &dir.shred_store(), &key.public())?)
}

/// A database in which the log is, with a copy of the keys.
pub(super) fn look_at_database(address: &DatabaseAddress, keys: &Path) -> Result<Verified, VerifyError> {
    check_set(keys)?;
    let key = ReceiptKey::load(&keys.join(KEY_FILE))?;
    whole(&inspect_shared(address, &keys.join(SHRED_FILE), &key.public())?)
}

/// A database, with the keys in a store's folder.
pub(crate) fn look_at_copy(database: &Path, dir: &DataDir) -> Result<Verified, VerifyError> {
    let key = ReceiptKey::load(&dir.receipt_key())?;
    whole(&inspect(database, &dir.shred_store(), &key.public())?)
}

/// One set of each kind.
pub(super) fn look_through(database: &Path, keys: &Path) -> Result<Verified, VerifyError> {
    check_set(database)?;
    check_set(keys)?;
    let key = ReceiptKey::load(&keys.join(KEY_FILE))?;
    whole(&inspect(&database.join(DATABASE_FILE), &keys.join(SHRED_FILE), &key.public())?)
}

/// Whether every file of a set is the one that was written.
pub(crate) fn check_set(set: &Path) -> Result<(), VerifyError> {
    Ok(Manifest::check(set)?)
}

fn whole(found: &Inspection) -> Result<Verified, VerifyError> {
    if !found.flaws.is_empty() {
        return Err(VerifyError::Flaws(found.flaws.iter().map(ToString::to_string).collect()));
    }
    let Inspection { tenants, rows, to_erase, without_key, .. } = *found;
    Ok(Verified { tenants, rows, to_erase, without_key })
}
