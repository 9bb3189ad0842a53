//! The one writer: a thread that owns the writing connection and commits whatever waits together.
//!
//! A durable commit costs the same for one job as for fifty, so jobs that arrive while a commit runs share the next
//! one. Each job has its own savepoint: one that fails takes nothing of the others along.
//!
//! When the disk itself fails at a commit, the writer writes no more. Once a sync has failed, the system may take the
//! pages that did not reach the disk for written, and a later sync that succeeds says nothing about them; only opening
//! the file anew shows what is there. A full disk is no such failure: nothing was promised, and room may come back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot, watch};

use super::condition::touch;
use super::database::commit;
use super::erasures::empty_write_ahead_log;
use super::{StoreError, WriteTx};
use crate::log::shred::ShredStore;

/// Jobs that share one commit at most, so that none waits long.
const BATCH: usize = 256;
/// Jobs that may wait before their requests are held back.
const WAITING: usize = 256;

/// Tells the one who asked how it ended.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Does the work; says whether to keep it, and hands back the answer to give after the commit.
type Job = Box<dyn FnOnce(&WriteTx<'_>) -> (bool, Answer) + Send>;

pub(crate) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    failed: watch::Receiver<bool>,
}

impl Writer {
    pub(crate) fn start(connection: Connection, shred: Arc<ShredStore>) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let (tell_failed, failed) = watch::channel(false);
        let thread = thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || run(&mut Store { connection, shred, erased: false }, waiting, &tell_failed))
            .map_err(StoreError::Thread)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), failed })
    }

    /// Waits until the disk has failed and nothing is written any more; for ever, where it does not.
    pub(in crate::log) async fn failed(&self) {
        let mut failed = self.failed.clone();
        if failed.wait_for(|failed| *failed).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Commits a write that changes nothing.
    pub(in crate::log) async fn touch(&self) -> Result<(), StoreError> {
        self.write(|transaction| touch(transaction.connection)).await
    }

    pub(crate) async fn write<T, E>(
        &self,
        work: impl FnOnce(&WriteTx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, outcome) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let result = work(transaction);
            let keep = result.is_ok();
            let answer: Answer = Box::new(move |committed| {
                // Nobody listens any more when the device hung up; what was committed stays so.
                let _ = reply.send(committed.map_err(E::from).and(result));
            });
            (keep, answer)
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        outcome.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }
}

impl Drop for Writer {
    /// Lets the thread finish what waits, so that the file is closed when the log is gone.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread writes to.
struct Store {
    connection: Connection,
    shred: Arc<ShredStore>,
    /// Whether something was erased that may stand in the write-ahead log still.
    erased: bool,
}

impl Store {
    /// A reader in the way puts it off to the next commit.
    fn leave_nothing_erased_behind(&mut self) {
        if self.erased {
            match empty_write_ahead_log(&self.connection) {
                Ok(emptied) => self.erased = !emptied,
                Err(error) => tracing::warn!(%error, "the write-ahead log was not emptied after an erasure"),
            }
        }
    }
}

fn run(store: &mut Store, mut waiting: mpsc::Receiver<Job>, failed: &watch::Sender<bool>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        if !commit_together(store, batch, failed) {
            // Whoever waits sees the channel close.
            return;
        }
    }
}

/// Whether the writer may go on.
fn commit_together(store: &mut Store, batch: Vec<Job>, failed: &watch::Sender<bool>) -> bool {
    let mut answers = Vec::with_capacity(batch.len());
    let outcome = run_batch(store, batch, &mut answers);
    let goes_on = !outcome.as_ref().is_err_and(is_of_the_disk);
    if let Err(error) = &outcome {
        tracing::error!(%error, goes_on, "a batch was not committed");
    }
    // Before anybody is answered: whoever hears of the failure finds nothing that still writes.
    if !goes_on {
        failed.send_replace(true);
    }
    if goes_on {
        // Before anybody is told that something is erased.
        store.leave_nothing_erased_behind();
    }
    for answer in answers {
        answer(outcome.as_ref().copied().map_err(|_| StoreError::NotCommitted));
    }
    goes_on
}

/// Whether the disk or the file is at fault, rather than a job, a lock or a lack of room.
fn is_of_the_disk(error: &StoreError) -> bool {
    let StoreError::Database(error) = error else { return false };
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::CannotOpen)
    )
}

fn run_batch(store: &mut Store, batch: Vec<Job>, answers: &mut Vec<Answer>) -> Result<(), StoreError> {
    let mut transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in batch {
        match run_job(&mut transaction, &store.shred, job) {
            Ok(answer) => answers.extend(answer),
            Err(error) => {
                store.shred.not_committed();
                return Err(error);
            }
        }
    }
    store.erased |= commit(transaction, &store.shred)?;
    Ok(())
}

/// A job that panics is undone like one that fails; whoever asked for it sees the channel close.
fn run_job(transaction: &mut Transaction<'_>, shred: &ShredStore, job: Job) -> Result<Option<Answer>, StoreError> {
    let savepoint = transaction.savepoint()?;
    let intended = shred.intended();
    let ran = catch_unwind(AssertUnwindSafe(|| job(&WriteTx::on(&savepoint, shred))));
    match ran {
        Ok((true, answer)) => {
            savepoint.commit()?;
            Ok(Some(answer))
        }
        Ok((false, answer)) => {
            shred.take_back(intended);
            savepoint.finish()?;
            Ok(Some(answer))
        }
        Err(_) => {
            tracing::error!("a job of the log's writer panicked");
            shred.take_back(intended);
            savepoint.finish()?;
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (n INTEGER)").unwrap();
        Writer::start(connection, Arc::new(ShredStore::in_memory().unwrap())).unwrap()
    }

    async fn insert(writer: &Writer, number: i64) -> Result<i64, StoreError> {
        writer
            .write(move |transaction| {
                transaction.connection.execute("INSERT INTO t VALUES (?1)", [number])?;
                Ok(number)
            })
            .await
    }

    async fn sum(writer: &Writer) -> i64 {
        let query = "SELECT coalesce(sum(n), 0) FROM t";
        writer
            .write(move |transaction| {
                Ok::<_, StoreError>(transaction.connection.query_row(query, [], |row| row.get(0))?)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_job_that_fails_leaves_nothing_and_takes_no_other_along() {
        let writer = writer();
        let failing = writer.write::<(), StoreError>(|transaction| {
            transaction.connection.execute("INSERT INTO t VALUES (1)", [])?;
            Err(StoreError::Stopped)
        });
        let (before, failed, after) = tokio::join!(insert(&writer, 10), failing, insert(&writer, 100));
        assert!(before.is_ok() && failed.is_err() && after.is_ok());
        assert_eq!(sum(&writer).await, 110);
    }

    #[tokio::test]
    async fn a_job_that_panics_is_undone_and_the_next_is_done() {
        let writer = writer();
        let panicked = writer
            .write::<(), StoreError>(|transaction| {
                transaction.connection.execute("INSERT INTO t VALUES (1)", [])?;
                panic!("on purpose");
            })
            .await;
        assert!(matches!(panicked, Err(StoreError::Stopped)));
        assert!(insert(&writer, 10).await.is_ok());
        assert_eq!(sum(&writer).await, 10);
    }
}
