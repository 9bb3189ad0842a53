//! Opening the database, one routine for each purpose.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;

use super::condition::device_reports as reports;
use super::erasures::settle;
use super::lost_keys::warn_of_lost_keys;
use super::migrations;
use super::readers::Readers;
use super::session::{Carrier, Session};
use super::transaction::{Tx, begin_writing, read};
use super::writer::Writer;
use super::{Condition, DatabaseAddress, DeviceReport, StoreError};
use crate::log::CreateError;
use crate::log::shred::ShredStore;

/// The open log of one of several processes.
pub(crate) struct PostgresLog {
    readers: Readers,
    writer: Writer,
    failed: watch::Receiver<bool>,
}

impl PostgresLog {
    /// Opens the log, with the key store at `shred`, and brings it to this version's shape.
    pub(in crate::log) fn open(address: &DatabaseAddress, shred: &Path) -> Result<Self, StoreError> {
        let carrier = Carrier::start()?;
        let session = Session::open(address, &carrier)?;
        if !migrations::is_made(&session)? {
            return Err(StoreError::NotMade);
        }
        if session.row(SAY_THAT_ONE_SERVES, &[])?.is_none() {
            return Err(StoreError::Restoring);
        }
        warn_of_settings(&session)?;
        let shred = Arc::new(ShredStore::open(shred)?);
        bring_up(&session, &shred)?;
        warn_of_lost_keys(&session, &shred)?;
        let (tell_failed, failed) = watch::channel(false);
        let tell_failed = Arc::new(tell_failed);
        let readers = Readers::open(address, &carrier, Arc::clone(&shred), Arc::clone(&tell_failed))?;
        Ok(Self { readers, writer: Writer::start(session, shred, tell_failed)?, failed })
    }

    /// Reads in one snapshot.
    pub(in crate::log) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.readers.read(work)
    }

    /// Writes: all of `work` or, where it fails, nothing. Returns after the commit is on the database's disk.
    pub(in crate::log) async fn write<T, E>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Commits a write that changes nothing.
    pub(in crate::log) async fn touch(&self) -> Result<(), StoreError> {
        self.writer.touch().await
    }

    /// Waits until a connection is gone; for ever, where none goes.
    pub(in crate::log) async fn failed(&self) {
        let mut failed = self.failed.clone();
        if failed.wait_for(|failed| *failed).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Whether a store was made in the database.
pub(in crate::log) fn is_made(address: &DatabaseAddress) -> Result<bool, StoreError> {
    migrations::is_made(&Session::open(address, &Carrier::start()?)?)
}

/// Makes the store in the database where there is none, and does one piece of work in it: all of it, durably, or nothing.
pub(in crate::log) fn create<T, E: From<CreateError>>(
    address: &DatabaseAddress,
    shred: &Path,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let (session, shred) = make(address, shred).map_err(CreateError::from)?;
    let writing = begin_writing(&session, &shred).map_err(CreateError::from)?;
    let done = work(&writing.transaction())?;
    writing.commit().map_err(CreateError::from)?;
    Ok(done)
}

fn make(address: &DatabaseAddress, shred: &Path) -> Result<(Session, ShredStore), StoreError> {
    let session = Session::open(address, &Carrier::start()?)?;
    let shred = ShredStore::open(shred)?;
    bring_up(&session, &shred)?;
    Ok((session, shred))
}

/// Sums over all municipalities, and how many bytes the database has.
pub(in crate::log) fn condition(address: &DatabaseAddress, shred: &Path) -> Result<(Condition, u64), StoreError> {
    read_once(address, shred, |transaction| Ok((transaction.condition()?, transaction.bytes()?)))
}

/// What every device that was not shut out last said of itself.
pub(in crate::log) fn device_reports(address: &DatabaseAddress, shred: &Path) -> Result<Vec<DeviceReport>, StoreError> {
    read_once(address, shred, reports)
}

/// One piece of work in a log that was put back, out of which goes what the key store cannot read. No server runs meanwhile, on
/// whatever computer.
pub(in crate::log) fn take_up<T, E: From<StoreError>>(
    address: &DatabaseAddress,
    shred: &Path,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let session = open_made(address)?;
    session.batch(KEEP_SERVERS_AWAY).map_err(|error| if error.is_passing() { StoreError::Served } else { error })?;
    write_with(&session, &ShredStore::open(shred)?, |transaction| {
        transaction.empty_what_has_no_key()?;
        work(transaction)
    })
}

/// Held by every server while it runs. Waited for a moment: a server that has just ended may not be gone from the database yet.
const KEEP_SERVERS_AWAY: &str =
    "SET lock_timeout = '3s'; SELECT pg_advisory_lock(7378422811639899906); SET lock_timeout = '20s'";
const SAY_THAT_ONE_SERVES: &str = "SELECT 1 WHERE pg_try_advisory_lock_shared(7378422811639899906)";

/// One piece of work in an existing store.
pub(in crate::log) fn write_once<T, E: From<StoreError>>(
    address: &DatabaseAddress,
    shred: &Path,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    write_with(&open_made(address)?, &ShredStore::open(shred)?, work)
}

fn write_with<T, E: From<StoreError>>(
    session: &Session,
    shred: &ShredStore,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    bring_up(session, shred)?;
    let writing = begin_writing(session, shred)?;
    let done = work(&writing.transaction())?;
    writing.commit()?;
    Ok(done)
}

/// Reads once in a snapshot, also while servers write.
pub(in crate::log) fn read_once<T, E: From<StoreError>>(
    address: &DatabaseAddress,
    shred: &Path,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let session = open_made(address)?;
    read(&session, &ShredStore::open_to_read(shred)?, work)
}

fn open_made(address: &DatabaseAddress) -> Result<Session, StoreError> {
    let session = Session::open(address, &Carrier::start()?)?;
    if migrations::is_made(&session)? { Ok(session) } else { Err(StoreError::NotMade) }
}

/// To this version's shape, and what was erased once is not in it any more.
fn bring_up(session: &Session, shred: &ShredStore) -> Result<(), StoreError> {
    let writing = begin_writing(session, shred)?;
    migrations::apply(session)?;
    let erased = settle(session, shred)?;
    writing.commit()?;
    shred.forget(&erased)
}

/// A database that does not bring its commits to the disk keeps no promise of ours.
fn warn_of_settings(session: &Session) -> Result<(), StoreError> {
    if session.row("SELECT 1 WHERE current_setting('fsync') = 'off'", &[])?.is_some() {
        tracing::warn!("the database has fsync = off: what was answered for is lost when the power goes");
    }
    Ok(())
}
