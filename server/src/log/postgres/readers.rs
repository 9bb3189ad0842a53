//! A few reading connections, so that pages are read while somebody writes.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tokio::sync::watch;

use super::session::{Carrier, Session};
use super::transaction::{Tx, read};
use super::{DatabaseAddress, StoreError};
use crate::log::shred::ShredStore;

/// For each process; a database serves several processes, and has room for a hundred connections unless told otherwise.
const CONNECTIONS: usize = 4;

pub(super) struct Readers {
    idle: Mutex<Vec<Session>>,
    returned: Condvar,
    shred: Arc<ShredStore>,
    failed: Arc<watch::Sender<bool>>,
}

impl Readers {
    pub(super) fn open(
        address: &DatabaseAddress,
        carrier: &Arc<Carrier>,
        shred: Arc<ShredStore>,
        failed: Arc<watch::Sender<bool>>,
    ) -> Result<Self, StoreError> {
        let idle = (0..CONNECTIONS).map(|_| Session::open(address, carrier)).collect::<Result<_, _>>()?;
        Ok(Self { idle: Mutex::new(idle), returned: Condvar::new(), shred, failed })
    }

    /// Runs `work` on one snapshot; waits while all connections are busy. A connection that is gone ends the whole log: behind
    /// the next one there may be another database, and only a start looks at that.
    pub(super) fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let lent = Lent { session: Some(self.take()), readers: self };
        let session = lent.session.as_ref().ok_or(StoreError::Stopped)?;
        let done = read(session, &self.shred, work);
        if session.is_gone() {
            self.failed.send_replace(true);
        }
        done
    }

    fn take(&self) -> Session {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(session) = idle.pop() {
                return session;
            }
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Gives the connection back, also when the work panics.
struct Lent<'r> {
    session: Option<Session>,
    readers: &'r Readers,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
            self.readers.returned.notify_one();
        }
    }
}
