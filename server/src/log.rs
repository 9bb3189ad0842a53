//! The append-only log and what is projected from it, behind one narrow seam ([`narrow`]).
//!
//! Two ways in, and the signatures tell which: what takes a [`ReadLog`] sees one committed snapshot, what takes a
//! [`WriteLog`] is durable before anybody is answered. Two things are behind it: a file ([`sqlite`]), and memory
//! ([`memory`]) for simulations.

mod budget;
mod error;
mod memory;
mod narrow;
mod rows;
mod sqlite;

use std::path::Path;
use std::sync::Arc;

pub(crate) use budget::PageBudget;
pub(crate) use error::StoreError;
pub(crate) use memory::{MemoryLog, Snapshot};
pub(crate) use narrow::{ReadLog, WriteLog};
pub(crate) use rows::{
    AccessRow, FactRow, FolderNow, Known, LoginRow, NewTenant, ProposalRow, Standing, TenantRow, Used, Viewer, day_of,
};
pub(crate) use sqlite::{
    Condition, CreateError, DeviceReport, Inspection, condition, copy_of, create, device_reports,
    empty_what_has_no_key, fold, has_every_key, inspect, read_once, write_once,
};

pub use rows::LoggedRow;

use sqlite::{Readers, Writer};

/// The open log of a running server.
pub(crate) enum Log {
    /// A file: several readers, and one writer that commits for many at once.
    File(FileLog),
    /// In memory, one piece of work after the other, for simulations.
    Memory(Box<MemoryLog>),
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
        let (connection, shred) = sqlite::open(path)?;
        let shred = Arc::new(shred);
        let readers = Readers::open(path, Arc::clone(&shred))?;
        Ok(Self::File(FileLog { readers, writer: Writer::start(connection, shred)? }))
    }

    /// Reads in one snapshot. Blocks: not for the threads that serve connections.
    pub(crate) fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&dyn ReadLog) -> Result<T, E>) -> Result<T, E> {
        match self {
            Log::File(file) => file.readers.read(|transaction| work(transaction)),
            Log::Memory(memory) => memory.read(work),
        }
    }

    /// Writes: all of `work` or, where it fails, nothing. Returns after the commit is on disk.
    pub(crate) async fn write<T, E>(
        &self,
        work: impl FnOnce(&dyn WriteLog) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Log::File(file) => file.writer.write(move |transaction| work(transaction)).await,
            Log::Memory(memory) => memory.write(work),
        }
    }

    /// Finds out whether a commit reaches the disk, with one that changes nothing.
    pub(crate) async fn touch(&self) -> Result<(), StoreError> {
        match self {
            Log::File(file) => file.writer.touch().await,
            Log::Memory(_) => Ok(()),
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
