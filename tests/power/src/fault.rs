//! The n-th call fails.

use rusqlite::ffi;

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// EIO, by whatever call it is.
    Io,
    /// ENOSPC: a write lands nowhere.
    Full,
    /// The first half of a write lands, then the disk is full.
    ShortWrite,
    /// EIO, by a sync only. What was written before may be lost although a later sync succeeds: the system marks the
    /// pages clean.
    Sync,
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// One call.
    Once,
    /// That call and all after it, until the disk is healed.
    FromThenOn,
}

/// The n-th call that can fail in this way does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub nth: u64,
    /// How.
    pub failure: Failure,
    /// For how long.
    pub lasting: Lasting,
}

/// Calls of SQLite's file layer that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    Open,
    Delete,
    Read,
    Write,
    Truncate,
    Sync,
    Size,
    Map,
}

impl Call {
    /// What SQLite's own layer answers when the system says EIO.
    fn io_code(self) -> i32 {
        match self {
            Call::Open => ffi::SQLITE_CANTOPEN,
            Call::Delete => ffi::SQLITE_IOERR_DELETE,
            Call::Read => ffi::SQLITE_IOERR_READ,
            Call::Write => ffi::SQLITE_IOERR_WRITE,
            Call::Truncate => ffi::SQLITE_IOERR_TRUNCATE,
            Call::Sync => ffi::SQLITE_IOERR_FSYNC,
            Call::Size => ffi::SQLITE_IOERR_FSTAT,
            Call::Map => ffi::SQLITE_IOERR_SHMMAP,
        }
    }
}

/// What a call that fails does and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Strike {
    pub(crate) code: i32,
    /// Half of it lands first.
    pub(crate) half: bool,
}

/// A fault under way.
#[derive(Debug)]
pub(crate) struct Armed {
    fault: Fault,
    seen: u64,
    pub(crate) struck: bool,
}

impl Armed {
    pub(crate) fn new(fault: Fault) -> Self {
        Self { fault, seen: 0, struck: false }
    }

    pub(crate) fn meet(&mut self, call: Call) -> Option<Strike> {
        let concerns = match self.fault.failure {
            Failure::Io => true,
            Failure::Full | Failure::ShortWrite => call == Call::Write,
            Failure::Sync => call == Call::Sync,
        };
        if !concerns {
            return None;
        }
        self.seen += 1;
        let strikes = match self.fault.lasting {
            Lasting::Once => self.seen == self.fault.nth,
            Lasting::FromThenOn => self.seen >= self.fault.nth,
        };
        if !strikes {
            return None;
        }
        self.struck = true;
        Some(match self.fault.failure {
            Failure::Io | Failure::Sync => Strike { code: call.io_code(), half: false },
            Failure::Full => Strike { code: ffi::SQLITE_FULL, half: false },
            Failure::ShortWrite => Strike { code: ffi::SQLITE_FULL, half: true },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_that_can_fail_in_this_way_are_counted() {
        let mut full = Armed::new(Fault { nth: 2, failure: Failure::Full, lasting: Lasting::Once });
        let struck: Vec<bool> = [Call::Write, Call::Sync, Call::Read, Call::Write, Call::Write]
            .into_iter()
            .map(|call| full.meet(call).is_some())
            .collect();
        assert_eq!(struck, [false, false, false, true, false]);
        let mut io = Armed::new(Fault { nth: 2, failure: Failure::Io, lasting: Lasting::FromThenOn });
        let struck: Vec<bool> =
            [Call::Open, Call::Sync, Call::Read].into_iter().map(|call| io.meet(call).is_some()).collect();
        assert_eq!(struck, [false, true, true]);
    }
}
