//! What the host serves: answers to requests, and events.

use std::pin::Pin;
use std::sync::Arc;

use feltbog_bridge::{Event, Reply, Request, Session};
use tokio::sync::broadcast::Receiver;

type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// The two things asked of an open device; closures, so that the HTTP side is tested without one.
#[derive(Clone)]
pub(super) struct Core {
    pub(super) call: Arc<dyn Fn(Request) -> Answering + Send + Sync>,
    pub(super) events: Arc<dyn Fn() -> Receiver<Event> + Send + Sync>,
}

impl Core {
    pub(super) fn of(session: Session) -> Self {
        let told = session.clone();
        Self {
            call: Arc::new(move |request| {
                let session = session.clone();
                Box::pin(async move { session.call(request).await })
            }),
            events: Arc::new(move || told.events()),
        }
    }
}
