//! Why the log could not be read or written.

use super::PostgresFailure;

/// A failure of the log itself, never a refusal. The texts hold no personal data: `SQLite` names tables and columns,
/// not values.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The database said no.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// PostgreSQL said no, or is not there.
    #[error("the database failed: {0}")]
    Postgres(PostgresFailure),
    /// The database is there, and nothing of ours in it.
    #[error("there is no store in this database: make one with `feltbog-server init`")]
    NotMade,
    /// It would be taken up under a server's hands.
    #[error("a server runs on this database: stop it first")]
    Served,
    /// It is being taken up.
    #[error("the log in this database is being restored: try again when that is done")]
    Restoring,
    /// Encryption towards the database.
    #[error("TLS towards the database could not be made ready: {0}")]
    Tls(rustls::Error),
    /// A column holds what no version of this program writes.
    #[error("column {column} of an answer of the database does not hold")]
    Value {
        /// Which, counted from 0.
        column: usize,
    },
    /// The file was written by a newer version.
    #[error("the store is of version {found}, this program knows versions up to {known}: use the newer program")]
    Newer {
        /// Version of the file.
        found: u32,
        /// Newest version of this program.
        known: u32,
    },
    /// The write-ahead log an earlier process left could not be brought to the disk.
    #[error("the write-ahead log could not be written: {0}")]
    WriteAheadLog(std::io::Error),
    /// The file of the shred store could not be made.
    #[error("the shred store could not be opened: {0}")]
    ShredStore(std::io::Error),
    /// A row that was admitted before does not hold any more.
    #[error("row {seq} of the log does not hold")]
    Corrupt {
        /// The row.
        seq: u64,
    },
    /// The transaction was not committed; the cause is in the server's own log.
    #[error("the transaction was not committed")]
    NotCommitted,
    /// The random source.
    #[error("no random bytes: {0}")]
    Random(getrandom::Error),
    /// The writer has stopped.
    #[error("the log's writer has stopped")]
    Stopped,
    /// The writer's thread could not be started.
    #[error("the log's writer could not start: {0}")]
    Thread(std::io::Error),
}

impl StoreError {
    /// Whether the same request may go through later: what it asked for was not committed, or nobody writes now.
    pub(crate) const fn is_passing(&self) -> bool {
        match self {
            StoreError::Postgres(failure) => failure.is_passing,
            other => matches!(other, StoreError::NotCommitted | StoreError::Stopped),
        }
    }
}
