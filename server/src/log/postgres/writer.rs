//! The one writer of this process: a thread that owns the writing connection and commits whatever waits together.
//!
//! Of all processes on a database one writes at a time, and a durable commit costs the same for one job as for fifty, so
//! jobs that arrive while another commit runs share the next one. Each job has its own savepoint: one that fails takes
//! nothing of the others along.
//!
//! When the connection is gone, the writer writes no more. Whether its last commit was kept nobody can tell it, and the
//! database that answers next may be another that knows less; only a start looks at that.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::{mpsc, oneshot, watch};

use super::StoreError;
use super::condition::touch;
use super::session::Session;
use super::transaction::{Tx, begin_writing};
use crate::log::shred::ShredStore;

/// Jobs that share one commit at most, so that none waits long.
const BATCH: usize = 256;
/// Jobs that may wait before their requests are held back.
const WAITING: usize = 256;

/// Tells the one who asked how it ended.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Does the work; says whether to keep it, and hands back the answer to give after the commit.
type Job = Box<dyn FnOnce(&Tx<'_>) -> (bool, Answer) + Send>;

pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        session: Session,
        shred: Arc<ShredStore>,
        failed: Arc<watch::Sender<bool>>,
    ) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let thread = thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || run(&session, &shred, waiting, &failed))
            .map_err(StoreError::Thread)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Commits a write that changes nothing.
    pub(super) async fn touch(&self) -> Result<(), StoreError> {
        self.write(touch).await
    }

    pub(super) async fn write<T, E>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
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
    /// Lets the thread finish what waits.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(session: &Session, shred: &ShredStore, mut waiting: mpsc::Receiver<Job>, failed: &watch::Sender<bool>) {
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        let mut answers = Vec::with_capacity(batch.len());
        let outcome = run_batch(session, shred, batch, &mut answers);
        let goes_on = !session.is_gone();
        if let Err(error) = &outcome {
            tracing::error!(%error, goes_on, "a batch was not committed");
        }
        // Before anybody is answered: whoever hears of the failure finds nothing that still writes.
        if !goes_on {
            failed.send_replace(true);
        }
        for answer in answers {
            answer(outcome.as_ref().copied().map_err(|_| StoreError::NotCommitted));
        }
        if !goes_on {
            // Whoever waits sees the channel close.
            return;
        }
    }
}

fn run_batch(
    session: &Session,
    shred: &ShredStore,
    batch: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), StoreError> {
    let writing = begin_writing(session, shred)?;
    for job in batch {
        answers.extend(run_job(session, shred, &writing.transaction(), job)?);
    }
    writing.commit()
}

/// A job that panics is undone like one that fails; whoever asked for it sees the channel close.
fn run_job(
    session: &Session,
    shred: &ShredStore,
    transaction: &Tx<'_>,
    job: Job,
) -> Result<Option<Answer>, StoreError> {
    session.batch("SAVEPOINT job")?;
    let intended = shred.intended();
    let ran = catch_unwind(AssertUnwindSafe(|| job(transaction)));
    if let Ok((true, answer)) = ran {
        session.batch("RELEASE job")?;
        return Ok(Some(answer));
    }
    shred.take_back(intended);
    session.batch("ROLLBACK TO job; RELEASE job")?;
    let Ok((_, answer)) = ran else {
        tracing::error!("a job of the log's writer panicked");
        return Ok(None);
    };
    Ok(Some(answer))
}
