//! A few reading connections, so that pages are read while the writer writes.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::{ReadTx, StoreError, database};
use crate::log::shred::ShredStore;

/// Enough to keep a small server's cores busy; more would only share its disk.
const CONNECTIONS: usize = 4;

pub(crate) struct Readers {
    idle: Mutex<Vec<Connection>>,
    shred: Arc<ShredStore>,
    returned: Condvar,
}

impl Readers {
    pub(crate) fn open(path: &Path, shred: Arc<ShredStore>) -> Result<Self, StoreError> {
        let idle = (0..CONNECTIONS).map(|_| database::open_read_only(path)).collect::<Result<_, _>>()?;
        Ok(Self { idle: Mutex::new(idle), shred, returned: Condvar::new() })
    }

    /// Runs `work` on one snapshot; waits while all connections are busy.
    pub(crate) fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let lent = Lent { connection: Some(self.take()), readers: self };
        let connection = lent.connection.as_ref().ok_or(StoreError::Stopped)?;
        let snapshot = connection.unchecked_transaction().map_err(StoreError::from)?;
        work(&ReadTx::on(&snapshot, &self.shred))
    }

    fn take(&self) -> Connection {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = idle.pop() {
                return connection;
            }
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Gives the connection back, also when the work panics.
struct Lent<'r> {
    connection: Option<Connection>,
    readers: &'r Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            self.readers.returned.notify_one();
        }
    }
}
