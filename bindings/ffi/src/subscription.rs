//! A listener that is told what happens, until it is told no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use feltbog_bridge::Told;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::AbortHandle;

use crate::listener::{Listener, ListenerError};

/// Ends when it is cancelled or let go of.
#[derive(Debug, uniffi::Object)]
pub struct Subscription {
    cancelled: Arc<AtomicBool>,
    telling: AbortHandle,
}

#[uniffi::export]
impl Subscription {
    /// Nothing that happens from now on is told. What is being told at this moment may still arrive.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        self.telling.abort();
    }
}

impl Subscription {
    pub(crate) fn of(threads: &tokio::runtime::Handle, events: Receiver<Told>, listener: Arc<dyn Listener>) -> Self {
        let cancelled = Arc::new(AtomicBool::new(false));
        let telling = threads.spawn(tell(events, listener, Arc::clone(&cancelled))).abort_handle();
        Self { cancelled, telling }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.cancel();
    }
}

async fn tell(mut events: Receiver<Told>, listener: Arc<dyn Listener>, cancelled: Arc<AtomicBool>) {
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => Told::LOST,
            Err(RecvError::Closed) => return,
        };
        let Ok(event) = serde_json::to_string(&event) else { return };
        if cancelled.load(Ordering::SeqCst) {
            return;
        }
        let listener = Arc::clone(&listener);
        // The host may take its time, and nothing else waits for it.
        let told = tokio::task::spawn_blocking(move || listener.on_event(event)).await;
        if matches!(told, Ok(Err(ListenerError::Gone))) {
            return;
        }
    }
}
