//! The append-only log and what is projected from it: all SQL of the server stands below this module.
//!
//! Two ways in, and the signatures tell which: what takes a [`ReadTx`] sees one committed snapshot, what takes a
//! [`WriteTx`] runs on the one writing connection and is durable before anybody is answered. Nothing here decides who
//! may do what; the rows that reach [`WriteTx::append`] are [`crate::access::Admitted`], which only `access` can make.

mod append;
mod backfill;
mod budget;
mod columns;
mod database;
mod devices;
mod epochs;
mod error;
mod feed;
mod folders;
mod listing;
mod memory;
mod migrations;
mod readers;
mod tenants;
mod transaction;
mod writer;

use std::path::Path;

pub(crate) use append::Known;
pub(crate) use budget::PageBudget;
pub(crate) use database::{CreateError, copy_of, create, fold, read_once, write_once};
pub(crate) use devices::day_of;
pub(crate) use epochs::{AccessRow, Standing};
pub(crate) use error::StoreError;
pub(crate) use feed::Viewer;
pub(crate) use folders::FolderNow;
pub(crate) use memory::{MemoryLog, Snapshot};
pub(crate) use tenants::{NewTenant, TenantRow};
pub(crate) use transaction::{ReadTx, WriteTx};

pub use listing::LoggedRow;

use readers::Readers;
use writer::Writer;

/// The open log of a running server.
pub(crate) enum Log {
    /// A file: several readers, and one writer that commits for many at once.
    File(FileLog),
    /// In memory, one piece of work after the other, for simulations.
    Memory(MemoryLog),
}

/// The readers are dropped first: whoever closes the file last folds the write-ahead log into it, and only the writer
/// can.
pub(crate) struct FileLog {
    readers: Readers,
    writer: Writer,
}

impl Log {
    /// Opens the log and brings it to this version's shape.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = database::open(path)?;
        let readers = Readers::open(path)?;
        Ok(Self::File(FileLog { readers, writer: Writer::start(connection)? }))
    }

    /// Reads in one snapshot. Blocks: not for the threads that serve connections.
    pub(crate) fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        match self {
            Log::File(file) => file.readers.read(work),
            Log::Memory(memory) => memory.read(work),
        }
    }

    /// Writes: all of `work` or, where it fails, nothing. Returns after the commit is on disk.
    pub(crate) async fn write<T, E>(
        &self,
        work: impl FnOnce(&WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Log::File(file) => file.writer.write(work).await,
            Log::Memory(memory) => memory.write(work),
        }
    }

    /// Waits until the disk has failed at a commit and nothing is written any more; for ever, where it does not.
    pub(crate) async fn failed(&self) {
        match self {
            Log::File(file) => file.writer.failed().await,
            Log::Memory(_) => std::future::pending().await,
        }
    }
}
