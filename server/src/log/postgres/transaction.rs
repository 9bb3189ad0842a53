//! Transactions: queries are methods on [`Tx`], each in the file of its theme.

use super::StoreError;
use super::session::Session;
use crate::log::shred::ShredStore;

/// What every writer of every process holds from before its first look to after its commit, so that numbers come to readers
/// in their order and nothing is judged by rights that another transaction is about to change.
const BEGIN_WRITING: &str = "BEGIN; SELECT pg_advisory_xact_lock(7378422811639899905)";
/// One committed state from beginning to end.
const BEGIN_READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// An open transaction.
pub(crate) struct Tx<'c> {
    pub(super) session: &'c Session,
    pub(super) shred: &'c ShredStore,
}

impl<'c> Tx<'c> {
    /// The caller has begun the transaction.
    pub(super) fn on(session: &'c Session, shred: &'c ShredStore) -> Self {
        Self { session, shred }
    }
}

/// Runs `work` on one snapshot.
pub(super) fn read<T, E: From<StoreError>>(
    session: &Session,
    shred: &ShredStore,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    shred.follow_others()?;
    session.batch(BEGIN_READING)?;
    let _open = Open(session);
    work(&Tx::on(session, shred))
}

/// Ends a snapshot, also when the work panics.
struct Open<'c>(&'c Session);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        end(self.0);
    }
}

/// Undoes what is open. Where the connection is gone, the database does so by itself.
fn end(session: &Session) {
    let _ = session.batch("ROLLBACK");
}

/// Waits for its turn among the writers of all processes, and begins. Dropped before [`Writing::commit`] it is undone.
pub(super) fn begin_writing<'c>(session: &'c Session, shred: &'c ShredStore) -> Result<Writing<'c>, StoreError> {
    session.batch(BEGIN_WRITING).inspect_err(|_| end(session))?;
    let writing = Writing { session, shred, is_committed: false };
    // Under the lock: nobody else writes to the key store now.
    shred.follow_others()?;
    Ok(writing)
}

/// A transaction that may write.
pub(super) struct Writing<'c> {
    session: &'c Session,
    shred: &'c ShredStore,
    is_committed: bool,
}

impl<'c> Writing<'c> {
    pub(super) fn transaction(&self) -> Tx<'c> {
        Tx::on(self.session, self.shred)
    }

    /// Commits in the order that [`crate::log::shred`] asks for; it is on disk when this returns.
    pub(super) fn commit(mut self) -> Result<(), StoreError> {
        self.shred.before_commit()?;
        self.session.batch("COMMIT")?;
        self.is_committed = true;
        // What is committed stays so: a key that could not be deleted is deleted when the database is opened the next time.
        if let Err(error) = self.shred.after_commit() {
            tracing::warn!(%error, "the keys of erased folders are not deleted yet");
        }
        Ok(())
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.is_committed {
            end(self.session);
            self.shred.not_committed();
        }
    }
}
