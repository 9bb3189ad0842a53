//! Putting a copy of the database in place.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::data_dir::DataDir;
use crate::log::{self, CreateError, StoreError};
use crate::mark::sync_folder;
use crate::surroundings::of_the_system;

/// Why no copy was put in place.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file.
    #[error("{0}")]
    File(#[from] io::Error),
    /// Nothing to restore from.
    #[error("there is no database to restore from at this path")]
    NoCopy,
    /// It would be written under the server's hands.
    #[error("a server runs on this folder: stop it first")]
    Running,
    /// Without it no receipt of before would hold.
    #[error("the folder has no receipt.key: put the key file back from its own backup first")]
    KeyMissing,
    /// The copy.
    #[error("{0}")]
    Store(String),
    /// The system's random source.
    #[error("the system gave no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<StoreError> for RestoreError {
    fn from(error: StoreError) -> Self {
        RestoreError::Store(error.to_string())
    }
}

impl From<CreateError> for RestoreError {
    fn from(error: CreateError) -> Self {
        RestoreError::Store(error.to_string())
    }
}

/// Puts a copy of the database in the place of the one in `data` and begins a new epoch for every municipality in it. The
/// copy is left as it is; the database that stood there is kept beside as `feltbog.db.before-restore`.
///
/// # Errors
/// [`RestoreError`]; the database in place is the one of before then.
pub fn restore(data: &Path, from: &Path) -> Result<(), RestoreError> {
    let dir = DataDir::at(data);
    if !from.is_file() {
        return Err(RestoreError::NoCopy);
    }
    if !dir.receipt_key().is_file() {
        return Err(RestoreError::KeyMissing);
    }
    let _alone = dir.lock_alone()?.ok_or(RestoreError::Running)?;
    let fresh = dir.database().with_extension("db.restoring");
    remove_with_companions(&fresh)?;
    log::copy_of(from, &fresh)?;
    log::write_once(&fresh, |transaction| {
        for standing in transaction.standings()? {
            transaction.begin_epoch(standing.tenant, &of_the_system().map_err(StoreError::Random)?, u64::MAX)?;
        }
        Ok::<_, StoreError>(())
    })?;
    File::open(&fresh)?.sync_all()?;
    put_in_place(&dir, &fresh)
}

/// The old database goes first, with its companions: a write-ahead log beside a file it was not made for would ruin it.
fn put_in_place(dir: &DataDir, fresh: &Path) -> Result<(), RestoreError> {
    let place = dir.database();
    if place.is_file() {
        let before = place.with_extension("db.before-restore");
        remove_with_companions(&before)?;
        log::fold(&place)?;
        fs::rename(&place, &before)?;
    }
    remove_with_companions(&place)?;
    remove(&dir.mark())?;
    fs::rename(fresh, &place)?;
    Ok(sync_folder(&place)?)
}

fn remove_with_companions(database: &Path) -> io::Result<()> {
    for companion in ["", "-wal", "-shm", "-journal"] {
        let mut path = database.as_os_str().to_owned();
        path.push(companion);
        remove(Path::new(&path))?;
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
