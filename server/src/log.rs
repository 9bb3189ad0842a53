//! The append-only log and what is projected from it, behind one narrow seam ([`narrow`]).
//!
//! Two ways in, and the signatures tell which: what takes a [`ReadLog`] sees one committed snapshot, what takes a
//! [`WriteLog`] is durable before anybody is answered. Three things are behind it: a file ([`sqlite`]), a database that several
//! processes share ([`postgres`]), and memory ([`memory`]) for simulations.

mod budget;
mod error;
mod inspection;
mod mask;
mod memory;
mod narrow;
mod postgres;
mod rows;
mod shred;
mod sqlite;

use std::path::Path;
use std::sync::Arc;

use crate::store::Store;

pub(crate) use budget::PageBudget;
pub(crate) use error::StoreError;
pub(crate) use inspection::Inspection;
pub(crate) use memory::{MemoryLog, Snapshot};
pub(crate) use narrow::{ReadLog, WriteLog};
pub(crate) use postgres::{PostgresFailure, PostgresLog};
pub(crate) use rows::{
    AccessRow, FactRow, FolderNow, Known, LoginRow, NewTenant, ProposalRow, SaidOfItself, Standing, TenantRow, Used,
    Viewer, day_of,
};
pub(crate) use sqlite::{
    Condition, CreateError, DeviceReport, copy_of, empty_what_has_no_key, fold, has_every_key, inspect,
    write_once as write_file_once,
};

pub use postgres::{DatabaseAddress, NoAddress};
pub use rows::LoggedRow;

use sqlite::{Readers, Writer};

/// The open log of a running server.
pub(crate) enum Log {
    /// A file: several readers, and one writer that commits for many at once.
    File(FileLog),
    /// A database that other processes write to as well.
    Shared(PostgresLog),
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
    /// Opens the log of a store and brings it to this version's shape.
    pub(crate) fn of(store: &Store) -> Result<Self, StoreError> {
        match store.database() {
            Some(address) => Ok(Self::Shared(PostgresLog::open(address, &store.dir().shred_store())?)),
            None => Self::open(&store.dir().database()),
        }
    }

    /// Opens the log in a file and brings it to this version's shape.
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
            Log::Shared(database) => database.read(|transaction| work(transaction)),
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
            Log::Shared(database) => database.write(move |transaction| work(transaction)).await,
            Log::Memory(memory) => memory.write(work),
        }
    }

    /// Finds out whether a commit reaches the disk, with one that changes nothing.
    pub(crate) async fn touch(&self) -> Result<(), StoreError> {
        match self {
            Log::File(file) => file.writer.touch().await,
            Log::Shared(database) => database.touch().await,
            Log::Memory(_) => Ok(()),
        }
    }

    /// Waits until the disk has failed at a commit, or the database is gone, and nothing is written any more; for ever, where
    /// neither happens.
    pub(crate) async fn failed(&self) {
        match self {
            Log::File(file) => file.writer.failed().await,
            Log::Shared(database) => database.failed().await,
            Log::Memory(_) => std::future::pending().await,
        }
    }
}

/// Whether there is a log already, of whatever version.
pub(crate) fn is_made(store: &Store) -> Result<bool, StoreError> {
    match store.database() {
        None => Ok(store.dir().has_store()),
        Some(address) => postgres::is_made(address),
    }
}

/// Makes the store where it is missing, and does one piece of work in it: all of it, durably, or nothing.
pub(crate) fn create<T, E: From<CreateError>>(
    store: &Store,
    work: impl FnOnce(&dyn WriteLog) -> Result<T, E>,
) -> Result<T, E> {
    match store.database() {
        None => sqlite::create(&store.dir().database(), work),
        Some(address) => {
            let shred = store.dir().shred_store();
            postgres::create(address, &shred, |transaction| work(transaction))
        }
    }
}

/// One piece of work in an existing store; a file has nobody else open meanwhile.
pub(crate) fn write_once<T, E: From<StoreError>>(
    store: &Store,
    work: impl FnOnce(&dyn WriteLog) -> Result<T, E>,
) -> Result<T, E> {
    match store.database() {
        None => sqlite::write_once(&store.dir().database(), work),
        Some(address) => postgres::write_once(address, &store.dir().shred_store(), |transaction| work(transaction)),
    }
}

/// Reads once in a snapshot, also while a server writes.
pub(crate) fn read_once<T, E: From<StoreError>>(
    store: &Store,
    work: impl FnOnce(&dyn ReadLog) -> Result<T, E>,
) -> Result<T, E> {
    match store.database() {
        None => sqlite::read_once(&store.dir().database(), work),
        Some(address) => postgres::read_once(address, &store.dir().shred_store(), |transaction| work(transaction)),
    }
}

/// One piece of work in a log that was put back, out of which goes what the keys in the folder cannot read.
pub(crate) fn take_up<T, E: From<StoreError>>(
    store: &Store,
    work: impl FnOnce(&dyn WriteLog) -> Result<T, E>,
) -> Result<T, E> {
    let address = store.database().ok_or(StoreError::NotMade)?;
    postgres::take_up(address, &store.dir().shred_store(), |transaction| work(transaction))
}

/// Looks the log of a store in a database through; `receipt_key` is the public part of the key in its folder.
pub(crate) fn inspect_shared(
    address: &DatabaseAddress,
    shred: &Path,
    receipt_key: &[u8; 32],
) -> Result<Inspection, StoreError> {
    postgres::read_once(address, shred, |transaction| transaction.inspect(receipt_key))
}

/// Sums over all municipalities, and how many bytes the database has.
pub(crate) fn condition(store: &Store) -> Result<(Condition, u64), StoreError> {
    let file = store.dir().database();
    match store.database() {
        None => Ok((sqlite::condition(&file)?, std::fs::metadata(&file).map(|file| file.len()).unwrap_or_default())),
        Some(address) => postgres::condition(address, &store.dir().shred_store()),
    }
}

/// What every device that was not shut out last said of itself.
pub(crate) fn device_reports(store: &Store) -> Result<Vec<DeviceReport>, StoreError> {
    match store.database() {
        None => sqlite::device_reports(&store.dir().database()),
        Some(address) => postgres::device_reports(address, &store.dir().shred_store()),
    }
}
