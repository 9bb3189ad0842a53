//! Work that computes or reads files, kept off the threads that serve connections.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;

use super::{Access, Refusal};
use crate::log::StoreError;
use crate::surroundings::Place;

/// As many at least as the log has readers, or one of those would stand idle.
const FEWEST: usize = 4;

/// Room for work under way at a time. Without a bound every waiting request takes a thread of its own, with its stack, and all
/// of them fight over a few cores and readers.
pub(super) fn desks() -> Semaphore {
    Semaphore::new(available_parallelism().map_or(FEWEST, |cores| cores.get().max(FEWEST)))
}

impl Access {
    /// Runs `work` where waiting disturbs nobody.
    pub(super) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        match self.around.place() {
            Place::Here => work(self),
            Place::Threads => {
                let _desk = self.desks.acquire().await.map_err(|_| StoreError::Stopped)?;
                let this = Arc::clone(self);
                let done = tokio::task::spawn_blocking(move || work(&this)).await;
                done.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
            }
        }
    }

    /// Lets `work` go on beside the request: nobody waits for it or learns how it ended.
    pub(super) async fn beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        match self.around.place() {
            Place::Here => work.await,
            Place::Threads => drop(tokio::spawn(work)),
        }
    }
}
