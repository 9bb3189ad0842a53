//! Work that computes or reads files, kept off the threads that serve connections.

use std::sync::Arc;

use super::{Access, Refusal};
use crate::log::StoreError;
use crate::surroundings::Place;

impl Access {
    /// Runs `work` where waiting disturbs nobody.
    pub(super) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        match self.around.place() {
            Place::Here => work(self),
            Place::Threads => {
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
