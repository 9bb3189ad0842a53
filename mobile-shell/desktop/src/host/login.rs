//! A login that somebody begins in the browser interface: a page has no port of its own, so the host waits for the answer.

use std::sync::{Arc, Mutex, PoisonError};

use feltbog_bridge::{Asked, Doors, Reply, Request};
use tokio::sync::oneshot;

use crate::callback::Callback;
use crate::failure::Failure;

/// The login that was begun last; an older one is given up, and with it its port.
#[derive(Clone)]
pub(super) struct Logins {
    doors: Doors,
    begun: Arc<Mutex<Option<Begun>>>,
}

/// Somewhere to wait, until a newer login is begun.
struct Begun {
    /// Whose provider it is.
    municipality: Option<u32>,
    /// The port and the address it belongs to; taken by whoever waits.
    waits: Option<(Callback, String)>,
    /// Said to whoever waits already by being dropped.
    given_up: Option<oneshot::Sender<()>>,
}

impl Logins {
    pub(super) fn of(doors: Doors) -> Self {
        Self { doors, begun: Arc::default() }
    }

    /// Takes a port that is free, or the one the provider knows, and says where to log in.
    pub(super) async fn begin(&self, municipality: Option<u32>) -> Reply {
        self.replace(None);
        match self.prepared(municipality).await {
            Ok((callback, url)) => {
                let port = callback.port();
                self.replace(Some(Begun { municipality, waits: Some((callback, url.clone())), given_up: None }));
                port.map_or_else(|failure| refused(&failure), |port| Reply::LoginBegun { url, port })
            }
            Err(reply) => reply,
        }
    }

    /// Waits until somebody has logged in, or gave it up by beginning anew.
    pub(super) async fn finish(&self, municipality: Option<u32>) -> Reply {
        let Some((callback, url, given_up)) = self.wait(municipality) else {
            return self.call(municipality, Request::FinishLogin { answer: String::new() }).await;
        };
        let answer = tokio::select! {
            answer = callback.answer_to(&url) => answer,
            _ = given_up => Err(Failure::LoginTooLate),
        };
        match answer {
            Ok(answer) => self.call(municipality, Request::FinishLogin { answer }).await,
            Err(failure) => refused(&failure),
        }
    }

    async fn prepared(&self, municipality: Option<u32>) -> Result<(Callback, String), Reply> {
        let callback = Callback::bind(0).await.map_err(|failure| refused(&failure))?;
        let free = callback.port().map_err(|failure| refused(&failure))?;
        match self.call(municipality, Request::BeginLogin { port: free }).await {
            Reply::LoginBegun { url, port } if port == free => Ok((callback, url)),
            Reply::LoginBegun { url, port } => {
                Ok((Callback::bind(port).await.map_err(|failure| refused(&failure))?, url))
            }
            other => Err(other),
        }
    }

    async fn call(&self, municipality: Option<u32>, request: Request) -> Reply {
        self.doors.call(Asked { municipality, request }).await
    }

    fn replace(&self, begun: Option<Begun>) {
        *self.begun.lock().unwrap_or_else(PoisonError::into_inner) = begun;
    }

    fn wait(&self, municipality: Option<u32>) -> Option<(Callback, String, oneshot::Receiver<()>)> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = begun.as_mut().filter(|begun| begun.municipality == municipality)?;
        let (callback, url) = begun.waits.take()?;
        let (sender, given_up) = oneshot::channel();
        begun.given_up = Some(sender);
        Some((callback, url, given_up))
    }
}

fn refused(failure: &Failure) -> Reply {
    Reply::Refused(failure.refused())
}
