//! Opening the database file, one routine for each purpose.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::erasures::{empty_write_ahead_log, settle};
use super::{ReadLog, ReadTx, StoreError, WriteLog, WriteTx, migrations};
use crate::log::shred::{ShredStore, path_beside};

/// How long a connection waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Prepared statements kept by each connection; more than there are queries.
const STATEMENTS: usize = 64;

/// Makes the database file where it is missing, readable by its owner only (its companions inherit that), and does one
/// piece of work in it: all of it, durably, or nothing.
pub(crate) fn create<T, E: From<CreateError>>(
    path: &Path,
    work: impl FnOnce(&dyn WriteLog) -> Result<T, E>,
) -> Result<T, E> {
    make_file(path).map_err(CreateError::from)?;
    let (mut connection, shred) = open(path).map_err(CreateError::from)?;
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(CreateError::from)?;
    let done = work(&WriteTx::on(&transaction, &shred))?;
    commit(transaction, &shred).map_err(CreateError::from)?;
    Ok(done)
}

/// One piece of work in an existing database that nobody else has open; the file holds everything afterwards.
pub(crate) fn write_once<T, E: From<StoreError>>(
    path: &Path,
    work: impl FnOnce(&dyn WriteLog) -> Result<T, E>,
) -> Result<T, E> {
    let (mut connection, shred) = open(path)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
    let done = work(&WriteTx::on(&transaction, &shred))?;
    commit(transaction, &shred)?;
    Ok(done)
}

/// Commits in the order that [`crate::log::shred`] asks for. Returns whether something was erased.
pub(super) fn commit(transaction: Transaction<'_>, shred: &ShredStore) -> Result<bool, StoreError> {
    let committed = shred.before_commit().and_then(|()| Ok(transaction.commit()?));
    if let Err(error) = committed {
        shred.not_committed();
        return Err(error);
    }
    // What is committed stays so: a key that could not be deleted is deleted when the database is opened the next time.
    Ok(shred.after_commit().unwrap_or_else(|error| {
        tracing::warn!(%error, "the keys of erased folders are not deleted yet");
        true
    }))
}

/// Folds the write-ahead log of a database that nobody has open into its file.
pub(crate) fn fold(path: &Path) -> Result<(), StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    empty_write_ahead_log(&connection)?;
    Ok(())
}

/// Copies a database, with what stands in its write-ahead log, to a place where nothing is.
pub(crate) fn copy_of(from: &Path, to: &Path) -> Result<(), CreateError> {
    let connection = open_read_only(from)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(to)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Reads once in a snapshot, also while a server writes.
pub(crate) fn read_once<T, E: From<StoreError>>(
    path: &Path,
    work: impl FnOnce(&dyn ReadLog) -> Result<T, E>,
) -> Result<T, E> {
    read_copy(path, &path_beside(path), |transaction| work(transaction))
}

/// Reads once in a snapshot of a database whose shred store lies elsewhere.
pub(in crate::log) fn read_copy<T, E: From<StoreError>>(
    path: &Path,
    shred: &Path,
    work: impl FnOnce(&ReadTx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let connection = open_read_only(path)?;
    let shred = ShredStore::open_to_read(shred)?;
    let snapshot = connection.unchecked_transaction().map_err(StoreError::from)?;
    work(&ReadTx::on(&snapshot, &shred))
}

fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

/// Why a database could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateError {
    /// The file could not be made.
    #[error("the database file could not be made: {0}")]
    File(#[from] std::io::Error),
    /// The file is there and does not open.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for CreateError {
    fn from(error: rusqlite::Error) -> Self {
        CreateError::Store(error.into())
    }
}

/// Opens an existing database for writing, with the shred store beside it, and brings it to this version: what was erased
/// once is not in it any more when this returns.
///
/// Without a key, on purpose: the workspace builds `SQLite` with `SQLCipher` for the devices, but what stands here is
/// sealed already, and a key beside the file would protect nothing.
pub(crate) fn open(path: &Path) -> Result<(Connection, ShredStore), StoreError> {
    let mut connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&connection)?;
    write_ahead_log_anew(&mut connection, path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A row is only answered for when it survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", "ON")?;
    migrations::apply(&mut connection)?;
    let shred = ShredStore::open(&path_beside(path))?;
    settle(&mut connection, &shred)?;
    Ok((connection, shred))
}

/// Writes the bytes of the write-ahead log over themselves, and syncs them.
///
/// What an earlier process left there may be in the system's memory only: once a sync has failed, the system takes the
/// pages for written, and no later sync would bring them to the disk. `SQLite` would build on them, and everything
/// committed after them would be lost with them when the power goes. Written again, they are on disk or this fails.
///
/// Nobody else can write meanwhile: the transaction holds the lock that every writer needs.
fn write_ahead_log_anew(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    match OpenOptions::new().read(true).write(true).open(name) {
        Ok(mut file) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(StoreError::WriteAheadLog)?;
            file.rewind().map_err(StoreError::WriteAheadLog)?;
            file.write_all(&bytes).map_err(StoreError::WriteAheadLog)?;
            file.sync_all().map_err(StoreError::WriteAheadLog)?;
        }
        // A process that ended in good order leaves none.
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(StoreError::WriteAheadLog(error)),
    }
    Ok(transaction.rollback()?)
}

/// Opens an existing database for reading, also while a server writes to it.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&connection)?;
    migrations::check(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}
