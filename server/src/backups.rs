//! Copies of a store, made while it serves, looked through before they count, and kept no longer than they may be.
//!
//! Two kinds, because two things are true of them: a copy of the database may lie for up to 90 days, and a copy of the key
//! store for up to 30, so that what was erased is beyond reach after 30 days also for whoever holds every backup. They lie in
//! two folders that a backup job can take to two places:
//!
//! ```text
//! DIR/database/20261123T091500000Z/   feltbog.db  manifest.json
//! DIR/keys/20261123T091500000Z/       shred.db  receipt.key  stopped  manifest.json
//! ```

mod manifest;
mod sets;
mod verify;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use feltbog_domain::Moment;

use crate::clock;
use crate::data_dir::DataDir;
use crate::log::{self, CreateError, StoreError};
use crate::mark::sync_folder;
use crate::store::Store;
use manifest::{Manifest, ManifestError};
use sets::{DATABASE, KEYS, Staged, Stamp, prune};

pub(crate) use sets::{databases, newest, newest_keys};
pub use verify::{Verified, VerifyError, verify, verify_store};
pub(crate) use verify::{check_set, look_at_copy, look_at_store};

/// The database in its set.
pub(crate) const DATABASE_FILE: &str = "feltbog.db";
/// The key store in its set.
pub(crate) const SHRED_FILE: &str = "shred.db";
/// The receipt key in its set.
pub(crate) const KEY_FILE: &str = "receipt.key";
/// Whom IT has stopped, in its set.
pub(crate) const STOPS_FILE: &str = "stopped";

/// For how many days copies are kept; the newest of each kind always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Of the database.
    pub database_days: u16,
    /// Of the key store.
    pub keys_days: u16,
}

/// Why there is no new backup. Those of before are as they were.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Nothing to copy.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// A file.
    #[error("the backup could not be written: {0}")]
    File(#[from] io::Error),
    /// The database.
    #[error("the store could not be copied: {0}")]
    Store(String),
    /// The copy is not whole.
    #[error(transparent)]
    Copy(#[from] VerifyError),
}

impl From<CreateError> for BackupError {
    fn from(error: CreateError) -> Self {
        BackupError::Store(error.to_string())
    }
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        BackupError::Store(error.to_string())
    }
}

impl From<ManifestError> for BackupError {
    fn from(error: ManifestError) -> Self {
        BackupError::Copy(error.into())
    }
}

/// Copies the store to a new pair of sets below `to`, also while a server runs on it, looks the copy through, and removes sets
/// that were kept long enough. Of a log in a database only the keys are copied.
///
/// # Errors
/// [`BackupError`]; nothing was removed then.
pub fn backup(store: impl Into<Store>, to: &Path, keep: Retention) -> Result<Verified, BackupError> {
    let store = store.into();
    if !store.is_here() {
        return Err(BackupError::NoStore);
    }
    let (dir, now_ms) = (store.dir(), clock::now_ms());
    let Some(address) = store.database() else { return copy_both(dir, to, keep, now_ms) };
    let keys = copy_keys(dir, to, now_ms)?;
    Manifest::of(keys.path(), now_ms)?.write(keys.path())?;
    let verified = verify::look_at_database(address, keys.path())?;
    keys.finish()?;
    note_backup(dir, now_ms)?;
    prune(to, KEYS, keep.keys_days, now_ms)?;
    Ok(verified)
}

fn copy_both(dir: &DataDir, to: &Path, keep: Retention, now_ms: i64) -> Result<Verified, BackupError> {
    let stamp = Stamp::of(now_ms);
    // The database first: whatever key a row of it needs was on disk before the row was.
    let database = Staged::begin(to, DATABASE, &stamp)?;
    log::copy_of(&dir.database(), &database.file(DATABASE_FILE))?;
    let keys = copy_keys(dir, to, now_ms)?;
    for staged in [&database, &keys] {
        Manifest::of(staged.path(), now_ms)?.write(staged.path())?;
    }
    let verified = verify::look_through(database.path(), keys.path())?;
    // The keys first: a database without its keys would be worth less than none.
    keys.finish()?;
    database.finish()?;
    note_backup(dir, now_ms)?;
    prune(to, DATABASE, keep.database_days, now_ms)?;
    prune(to, KEYS, keep.keys_days, now_ms)?;
    Ok(verified)
}

fn copy_keys(dir: &DataDir, to: &Path, now_ms: i64) -> Result<Staged, BackupError> {
    let keys = Staged::begin(to, KEYS, &Stamp::of(now_ms))?;
    log::copy_of(&dir.shred_store(), &keys.file(SHRED_FILE))?;
    copy_private(&dir.receipt_key(), &keys.file(KEY_FILE))?;
    if dir.stops().is_file() {
        copy_private(&dir.stops(), &keys.file(STOPS_FILE))?;
    }
    Ok(keys)
}

/// Copies a small file that is its owner's alone; it is on disk when this returns.
pub(crate) fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    let bytes = zeroize::Zeroizing::new(fs::read(from)?);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    sync_folder(to)
}

fn note_backup(dir: &DataDir, now_ms: i64) -> io::Result<()> {
    let fresh = dir.last_backup().with_extension("new");
    fs::write(&fresh, format!("{}\n", Moment::from_unix_ms(now_ms)))?;
    fs::rename(&fresh, dir.last_backup())
}

/// When the last backup was verified, milliseconds since 1970; nothing where none was made.
pub(crate) fn last_backup_ms(dir: &DataDir) -> io::Result<Option<i64>> {
    match fs::read_to_string(dir.last_backup()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => Ok(text?.trim().parse().ok().map(|at: Moment| at.unix_ms())),
    }
}
