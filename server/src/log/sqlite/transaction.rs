//! The two kinds of transaction. Queries are methods on them, each in the file of its theme.

use std::ops::Deref;

use rusqlite::Connection;

/// An open transaction that reads one snapshot.
pub(crate) struct ReadTx<'c> {
    pub(super) connection: &'c Connection,
}

impl<'c> ReadTx<'c> {
    /// The caller has begun the transaction, or reads once only.
    pub(crate) fn on(connection: &'c Connection) -> Self {
        Self { connection }
    }
}

/// An open transaction that may write; it reads what it wrote.
pub(crate) struct WriteTx<'c> {
    read: ReadTx<'c>,
}

impl<'c> WriteTx<'c> {
    /// The caller has begun the transaction with `BEGIN IMMEDIATE`: one that only later turns into a writer fails at
    /// once when another has committed, whatever the busy timeout.
    pub(crate) fn on(connection: &'c Connection) -> Self {
        Self { read: ReadTx::on(connection) }
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;

    fn deref(&self) -> &ReadTx<'c> {
        &self.read
    }
}
