//! The log in memory, in ordered maps, for simulations: a second answer to the same questions, which can be copied and put
//! back as a whole.

mod reading;
mod state;
mod table;
mod writing;

use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

use super::StoreError;
use super::narrow::{ReadLog, WriteLog};
use state::State;

/// One piece of work after the other.
#[derive(Default)]
pub(crate) struct MemoryLog {
    state: Mutex<State>,
}

/// Everything in a log.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot(State);

/// An open transaction.
struct MemoryTx<'s> {
    state: RefCell<&'s mut State>,
}

impl MemoryLog {
    /// A log as it was when the snapshot was taken.
    pub(crate) fn from_snapshot(snapshot: &Snapshot) -> Self {
        Self { state: Mutex::new(snapshot.0.clone()) }
    }

    /// Everything there is.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot(self.state.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Reads.
    pub(crate) fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&dyn ReadLog) -> Result<T, E>) -> Result<T, E> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        work(&MemoryTx { state: RefCell::new(&mut state) })
    }

    /// Writes: all of `work` or, where it fails, nothing.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&dyn WriteLog) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let done = work(&MemoryTx { state: RefCell::new(&mut state) });
        if done.is_ok() {
            state.keep();
        } else {
            state.undo();
        }
        done
    }
}
