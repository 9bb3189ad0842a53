//! What the host serves: answers to requests, and events.

use std::pin::Pin;
use std::sync::Arc;

use feltbog_bridge::{Door, Event, Reply, Request};
use tokio::sync::broadcast::Receiver;

type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// The two things asked of an open device; closures, so that the HTTP side is tested without one.
#[derive(Clone)]
pub(super) struct Core {
    pub(super) call: Arc<dyn Fn(Request) -> Answering + Send + Sync>,
    pub(super) events: Arc<dyn Fn() -> Receiver<Event> + Send + Sync>,
}

impl Core {
    /// A door that turns; `opened` is called when it was unlocked.
    pub(super) fn of(door: Door, opened: Arc<dyn Fn() + Send + Sync>) -> Self {
        let told = door.clone();
        Self {
            call: Arc::new(move |request| {
                let (door, opened) = (door.clone(), Arc::clone(&opened));
                Box::pin(async move {
                    let unlocks = matches!(request, Request::Unlock { .. });
                    let reply = door.call(request).await;
                    if unlocks && matches!(reply, Reply::Done) {
                        opened();
                    }
                    reply
                })
            }),
            events: Arc::new(move || told.events()),
        }
    }
}
