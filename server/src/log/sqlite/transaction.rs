//! The two kinds of transaction. Queries are methods on them, each in the file of its theme.

use std::ops::Deref;

use rusqlite::Connection;

use crate::log::shred::ShredStore;

/// An open transaction that reads one snapshot.
pub(crate) struct ReadTx<'c> {
    pub(super) connection: &'c Connection,
    pub(super) shred: &'c ShredStore,
}

impl<'c> ReadTx<'c> {
    /// The caller has begun the transaction, or reads once only.
    pub(crate) fn on(connection: &'c Connection, shred: &'c ShredStore) -> Self {
        Self { connection, shred }
    }
}

/// An open transaction that may write; it reads what it wrote.
pub(crate) struct WriteTx<'c> {
    read: ReadTx<'c>,
}

impl<'c> WriteTx<'c> {
    /// The caller has begun the transaction with `BEGIN IMMEDIATE`: one that only later turns into a writer fails at
    /// once when another has committed, whatever the busy timeout.
    pub(crate) fn on(connection: &'c Connection, shred: &'c ShredStore) -> Self {
        Self { read: ReadTx::on(connection, shred) }
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;

    fn deref(&self) -> &ReadTx<'c> {
        &self.read
    }
}
