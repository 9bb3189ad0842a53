//! A home that is opened and locked again: what a window on this computer, or a phone, talks to.
//!
//! Locked means that the device is closed: its database, its keys and everything read from it are gone from memory. Only
//! opening and handing in are answered then.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as AsyncMutex, broadcast, mpsc, watch};
use tokio::task::JoinHandle;

use crate::event::Event;
use crate::reply::{Refused, Reply};
use crate::request::Request;
use crate::session::{Session, gone_wrong, hand_in_unsent, waits_for_the_network};

/// Events a slow listener may be behind.
const EVENTS: usize = 64;
/// The stable word for a door that has to be opened first.
const NEEDS_PASSPHRASE: &str = "needs_passphrase";

/// A home behind a door.
#[derive(Clone, Debug)]
pub struct Door {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    home: PathBuf,
    open: Mutex<Option<Open>>,
    /// Held while the door turns.
    turning: AsyncMutex<()>,
    events: broadcast::Sender<Event>,
}

/// An open device that keeps in touch, and passes on what happens.
#[derive(Debug)]
struct Open {
    session: Session,
    tasks: [JoinHandle<()>; 2],
    /// Held by every call as long as it is under way, so that locking can wait for the last.
    under_way: mpsc::Sender<()>,
    all_done: mpsc::Receiver<()>,
    /// Gone when the door is being locked: what waits for the network stops waiting.
    stands_open: watch::Sender<()>,
}

/// A call to an open device. The session goes first and what locking waits for last: then the device is really gone.
struct Call {
    session: Session,
    stands_open: watch::Receiver<()>,
    _under_way: mpsc::Sender<()>,
}

impl Door {
    /// The open door of a home.
    #[must_use]
    pub fn of(session: Session, home: &Path) -> Self {
        let (events, _) = broadcast::channel(EVENTS);
        let inner = Inner { home: home.to_owned(), open: Mutex::new(None), turning: AsyncMutex::new(()), events };
        let door = Self { inner: Arc::new(inner) };
        door.stand_open(session);
        door
    }

    /// Answers one request. Failures are replies too.
    pub async fn call(&self, request: Request) -> Reply {
        match request {
            Request::Lock => {
                self.lock().await;
                Reply::Done
            }
            Request::Unlock { passphrase } => match self.unlock(passphrase.bytes().to_vec()).await {
                Ok(()) => Reply::Done,
                Err(refused) => Reply::Refused(refused),
            },
            Request::HandIn => match hand_in_unsent(&self.inner.home).await {
                Ok(done) => Reply::UnsentHandedIn(done),
                Err(refused) => Reply::Refused(refused),
            },
            request => {
                let call = self.inner.slot().as_ref().map(Open::call);
                match call {
                    Some(call) => call.answered(request).await,
                    None => Reply::Refused(needs_passphrase()),
                }
            }
        }
    }

    /// What happens from now on, however often the door turns.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// Closes the device. Whoever calls from now on is refused; what works with the database is finished, what waits for the
    /// network is not waited for and found whole later. When this returns the device is gone from memory.
    pub async fn lock(&self) {
        let _turning = self.inner.turning.lock().await;
        let Some(open) = self.inner.slot().take() else { return };
        let _ = self.inner.events.send(Event::Locked);
        let Open { session, tasks, under_way, mut all_done, stands_open } = open;
        drop((session, under_way, stands_open));
        for task in tasks {
            task.abort();
            // Ended when it is gone with everything it held; that it was told to is no mistake.
            let _ = task.await;
        }
        // Nothing is ever sent: this ends with the last call.
        let _ = all_done.recv().await;
    }

    async fn unlock(&self, passphrase: Vec<u8>) -> Result<(), Refused> {
        let _turning = self.inner.turning.lock().await;
        if self.inner.slot().is_some() {
            return Ok(());
        }
        let (home, passphrase) = (self.inner.home.clone(), zeroize::Zeroizing::new(passphrase));
        let opened = tokio::task::spawn_blocking(move || Session::open(&home, &passphrase)).await;
        let session = opened.unwrap_or_else(|_| Err(gone_wrong()))?;
        self.stand_open(session);
        let _ = self.inner.events.send(Event::Changed);
        Ok(())
    }

    fn stand_open(&self, session: Session) {
        let (mut heard, events) = (session.events(), self.inner.events.clone());
        let telling = tokio::spawn(async move {
            loop {
                let event = match heard.recv().await {
                    Ok(event) => event,
                    Err(broadcast::error::RecvError::Lagged(_)) => Event::Changed,
                    Err(broadcast::error::RecvError::Closed) => return,
                };
                // Nobody listening is fine.
                let _ = events.send(event);
            }
        });
        let in_touch = tokio::spawn({
            let session = session.clone();
            async move { session.keep_in_touch().await }
        });
        let ((under_way, all_done), (stands_open, _)) = (mpsc::channel(1), watch::channel(()));
        *self.inner.slot() = Some(Open { session, tasks: [in_touch, telling], under_way, all_done, stands_open });
    }
}

impl Open {
    fn call(&self) -> Call {
        Call {
            session: self.session.clone(),
            stands_open: self.stands_open.subscribe(),
            _under_way: self.under_way.clone(),
        }
    }
}

impl Call {
    async fn answered(mut self, request: Request) -> Reply {
        if waits_for_the_network(&request) {
            return tokio::select! {
                reply = self.session.call(request) => reply,
                // Fails when the door is being locked; nothing is ever sent.
                _ = self.stands_open.changed() => Reply::Refused(needs_passphrase()),
            };
        }
        // On its own, so that the door waits for it also when whoever asked has gone, and for nobody who does not listen.
        let answering = tokio::spawn(async move {
            let call = self;
            call.session.call(request).await
        });
        answering.await.unwrap_or_else(|_| Reply::Refused(gone_wrong()))
    }
}

fn needs_passphrase() -> Refused {
    Refused {
        code: NEEDS_PASSPHRASE.into(),
        message: "Feltbog er låst. Skriv adgangssætningen for at åbne den.".into(),
        retryable: false,
    }
}

impl Inner {
    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
