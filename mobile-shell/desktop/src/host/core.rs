//! What the host serves: answers to requests, and events.

use std::pin::Pin;
use std::sync::Arc;

use feltbog_bridge::{Asked, Doors, Reply, Request, Told};
use tokio::sync::broadcast::Receiver;

use super::login::Logins;

/// A page cannot wait on a port: it asks with this one, and the host waits on one of its own.
const HOSTS_OWN_PORT: u16 = 0;

type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// The two things asked of open devices; closures, so that the HTTP side is tested without one.
#[derive(Clone)]
pub(super) struct Core {
    pub(super) call: Arc<dyn Fn(Asked) -> Answering + Send + Sync>,
    pub(super) events: Arc<dyn Fn() -> Receiver<Told> + Send + Sync>,
}

impl Core {
    /// Doors that turn; `opened` is called when one was unlocked, or somebody moved in behind it.
    pub(super) fn of(doors: Doors, opened: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (told, logins) = (doors.clone(), Logins::of(doors.clone()));
        Self {
            call: Arc::new(move |asked| {
                let (doors, opened, logins) = (doors.clone(), Arc::clone(&opened), logins.clone());
                Box::pin(async move {
                    let Asked { municipality, request } = &asked;
                    match request {
                        Request::BeginLogin { port: HOSTS_OWN_PORT } => return logins.begin(*municipality).await,
                        Request::FinishLogin { answer } if answer.is_empty() => {
                            return logins.finish(*municipality).await;
                        }
                        _ => {}
                    }
                    let unlocks = matches!(request, Request::Unlock { .. });
                    let reply = doors.call(asked).await;
                    if matches!(reply, Reply::Joined(_)) || unlocks && matches!(reply, Reply::Done) {
                        opened();
                    }
                    reply
                })
            }),
            events: Arc::new(move || told.events()),
        }
    }
}
