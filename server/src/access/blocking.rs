//! Work that computes or reads files, kept off the threads that serve connections.

use super::Refusal;
use crate::log::StoreError;

/// Runs `work` on a thread made for waiting.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
}
