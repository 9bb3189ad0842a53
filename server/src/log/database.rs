//! Opening the database file, one routine for each purpose.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{StoreError, migrations};

/// How long a connection waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Prepared statements kept by each connection; more than there are queries.
const STATEMENTS: usize = 64;

/// Makes the database file, readable by its owner only; its companions inherit that.
pub(crate) fn create(path: &Path) -> Result<Connection, CreateError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(open(path)?)
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

/// Opens an existing database for writing and brings it to this version.
///
/// Without a key, on purpose: the workspace builds `SQLite` with `SQLCipher` for the devices, but what stands here is
/// sealed already, and a key beside the file would protect nothing.
pub(crate) fn open(path: &Path) -> Result<Connection, StoreError> {
    let mut connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A row is only answered for when it survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    migrations::apply(&mut connection)?;
    Ok(connection)
}

/// Opens an existing database for reading, also while a server writes to it.
pub(crate) fn open_read_only(path: &Path) -> Result<Connection, StoreError> {
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
