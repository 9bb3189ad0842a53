//! A home that is opened and locked again: what a window on this computer, or a phone, talks to.
//!
//! Locked means that the device is closed: its database, its keys and everything read from it are gone from memory. Only
//! opening and handing in are answered then.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as AsyncMutex, broadcast};
use tokio::task::JoinHandle;

use crate::event::Event;
use crate::reply::{Refused, Reply};
use crate::request::Request;
use crate::session::{Session, hand_in_unsent};

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
                let session = self.inner.slot().as_ref().map(|open| open.session.clone());
                match session {
                    Some(session) => session.call(request).await,
                    None => Reply::Refused(Refused {
                        code: NEEDS_PASSPHRASE.into(),
                        message: "Feltbog er låst. Skriv adgangssætningen for at åbne den.".into(),
                        retryable: false,
                    }),
                }
            }
        }
    }

    /// What happens from now on, however often the door turns.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// Closes the device. What is under way is finished or found whole later.
    pub async fn lock(&self) {
        let _turning = self.inner.turning.lock().await;
        let Some(Open { session, tasks }) = self.inner.slot().take() else { return };
        for task in tasks {
            task.abort();
            // Ended when it is gone with everything it held; that it was told to is no mistake.
            let _ = task.await;
        }
        drop(session);
        let _ = self.inner.events.send(Event::Locked);
    }

    async fn unlock(&self, passphrase: Vec<u8>) -> Result<(), Refused> {
        let _turning = self.inner.turning.lock().await;
        if self.inner.slot().is_some() {
            return Ok(());
        }
        let (home, passphrase) = (self.inner.home.clone(), zeroize::Zeroizing::new(passphrase));
        let opened = tokio::task::spawn_blocking(move || Session::open(&home, &passphrase)).await;
        let session = opened.unwrap_or_else(|_| {
            Err(Refused {
                code: "internal".into(),
                message: "Noget gik galt i Feltbog. Det, der var gemt, er gemt. Prøv igen.".into(),
                retryable: true,
            })
        })?;
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
        *self.inner.slot() = Some(Open { session, tasks: [in_touch, telling] });
    }
}

impl Inner {
    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
