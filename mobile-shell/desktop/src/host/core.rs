//! What the host serves: answers to requests, and events.

use std::pin::Pin;
use std::sync::Arc;

use feltbog_bridge::{Door, Event, Reply, Request};
use tokio::sync::broadcast::Receiver;

use super::login::Logins;

/// A page cannot wait on a port: it asks with this one, and the host waits on one of its own.
const HOSTS_OWN_PORT: u16 = 0;

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
        let (told, logins) = (door.clone(), Logins::default());
        Self {
            call: Arc::new(move |request| {
                let (door, opened, logins) = (door.clone(), Arc::clone(&opened), logins.clone());
                Box::pin(async move {
                    match &request {
                        Request::BeginLogin { port: HOSTS_OWN_PORT } => return logins.begin(&door).await,
                        Request::FinishLogin { answer } if answer.is_empty() => return logins.finish(&door).await,
                        _ => {}
                    }
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
