//! The threads on which the core works.

use tokio::runtime::{Builder, Handle, Runtime};

use crate::host_error::HostError;

/// The database has threads of its own; these wait for the network and pass things on.
const WORKERS: usize = 2;

/// Threads of one app; they end with it.
pub(crate) struct Threads {
    handle: Handle,
    /// There until dropped.
    runtime: Option<Runtime>,
}

impl Threads {
    pub(crate) fn start() -> Result<Self, HostError> {
        let runtime = Builder::new_multi_thread().worker_threads(WORKERS).thread_name("feltbog").enable_all().build();
        let runtime = runtime.map_err(|_| HostError::NoThreads)?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Does it here, whatever thread the host asks on, and goes on when the host does not wait any more.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, HostError> {
        self.handle.spawn(work).await.map_err(|_| HostError::Broken)
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // The host may let go on one of these very threads, which cannot wait for themselves.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
