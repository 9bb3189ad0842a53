//! Disks that refuse and processes that end at a commit, so that a simulated life can have both. Never part of what
//! ships: `cargo xtask check` allows the feature to the simulation alone, and nothing happens before a thread is armed.

use std::cell::Cell;

use rusqlite::ffi;

use crate::open::StoreError;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// This one commit is refused with an input/output error.
    DiskError,
    /// This commit and all after it are refused: the disk is full.
    DiskFull,
    /// The process ends before the commit: nothing of it is stored.
    EndsBefore,
    /// The process ends right after the commit: all of it is stored, and nobody learns so.
    EndsAfter,
}

/// Trouble, and how many commits of this thread go well before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Commits that still go well.
    pub good: u32,
    /// What happens then.
    pub trouble: Trouble,
}

thread_local! {
    static PLAN: Cell<Option<Plan>> = const { Cell::new(None) };
    static HAPPENED: Cell<Option<Trouble>> = const { Cell::new(None) };
}

/// What shall happen to this thread's commits from here on. Returns what happened since the last call.
pub fn arm(plan: Option<Plan>) -> Option<Trouble> {
    PLAN.set(plan);
    HAPPENED.take()
}

pub(crate) fn before_commit() -> Result<(), StoreError> {
    if let Some(trouble) = HAPPENED.get() {
        return match trouble {
            Trouble::DiskError => Ok(()),
            Trouble::DiskFull => Err(refusal(ffi::SQLITE_FULL)),
            Trouble::EndsBefore | Trouble::EndsAfter => Err(refusal(ffi::SQLITE_INTERRUPT)),
        };
    }
    match PLAN.get() {
        Some(Plan { good: 0, trouble }) if trouble != Trouble::EndsAfter => {
            HAPPENED.set(Some(trouble));
            Err(refusal(if trouble == Trouble::DiskError { ffi::SQLITE_IOERR } else { ffi::SQLITE_FULL }))
        }
        _ => Ok(()),
    }
}

pub(crate) fn after_commit() -> Result<(), StoreError> {
    let Some(plan) = PLAN.get().filter(|_| HAPPENED.get().is_none()) else { return Ok(()) };
    if plan.good == 0 {
        HAPPENED.set(Some(plan.trouble));
        return Err(refusal(ffi::SQLITE_INTERRUPT));
    }
    PLAN.set(Some(Plan { good: plan.good - 1, ..plan }));
    Ok(())
}

fn refusal(code: i32) -> StoreError {
    StoreError::Sqlite(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
}
