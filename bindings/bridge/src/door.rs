//! A home that is opened and locked again: what a window on this computer, or a phone, talks to.
//!
//! A computer's door opens with a passphrase that is typed each time, a phone's with the phone's own vault.
//! Locked means that the device is closed: its database, its keys and everything read from it are gone from memory. Only
//! opening, handing in, and on a new phone joining are answered then.

mod background;
mod joining;
mod reminding;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use feltbog_app::{Guard, Home, HostToken, KeyVault, Place};
use tokio::sync::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard, broadcast, mpsc, watch};
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use self::joining::LoginOnTheWay;
use crate::event::{Event, Told};
use crate::login::no_port;
use crate::reply::{Refused, Reply};
use crate::request::Request;
use crate::session::{Session, forget_home, gone_wrong, hand_in_unsent, waits_for_the_network};

/// The stable word for a door that has to be opened first, whatever opens it.
const NEEDS_PASSPHRASE: &str = "needs_passphrase";
/// The stable word for a home in which nobody lives.
const NOT_SET_UP: &str = "not_set_up";

/// A home behind a door.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    inner: Arc<Inner>,
}

struct Inner {
    place: Place,
    home: PathBuf,
    /// A phone's; without one, a passphrase is typed each time.
    vault: Option<Arc<dyn KeyVault>>,
    open: Mutex<Option<Open>>,
    /// Whether opening found that joining was begun here and never answered.
    unfinished: AtomicBool,
    login: Mutex<LoginOnTheWay>,
    /// Held while the door turns.
    turning: AsyncMutex<()>,
    /// How many want to turn it.
    others: watch::Sender<u32>,
    events: broadcast::Sender<Told>,
}

/// What opens a door.
enum Key {
    Passphrase(Zeroizing<Vec<u8>>),
    Vault(Arc<dyn KeyVault>),
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
    /// The closed door of a home, in which nobody need live yet. What happens behind it is told among `events`.
    pub(crate) fn closed(
        place: Place,
        home: &Path,
        vault: Option<Arc<dyn KeyVault>>,
        events: broadcast::Sender<Told>,
    ) -> Self {
        let inner = Inner {
            place,
            home: home.to_owned(),
            vault,
            open: Mutex::default(),
            unfinished: AtomicBool::new(false),
            login: Mutex::default(),
            turning: AsyncMutex::default(),
            others: watch::Sender::new(0),
            events,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Answers one request. Failures are replies too.
    pub(crate) async fn call(&self, request: Request) -> Reply {
        match request {
            Request::Lock => {
                self.lock().await;
                Reply::Done
            }
            Request::Unlock { passphrase } => match self.unlock(Zeroizing::new(passphrase.bytes().to_vec())).await {
                Ok(()) => Reply::Done,
                Err(refused) => Reply::Refused(refused),
            },
            Request::Join { invitation, server, passphrase, .. } => {
                self.join(invitation, server, passphrase).await.unwrap_or_else(Reply::Refused)
            }
            Request::BeginLogin { port: 0 } if self.inner.vault.is_none() => Reply::Refused(no_port()),
            Request::BeginLogin { port } if self.waits_for_login() => self.begin_login(port),
            Request::FinishLogin { answer } if self.waits_for_login() => self.finish_login(&answer).await,
            Request::HandIn => match hand_in_unsent(&self.inner.home).await {
                Ok(done) => Reply::UnsentHandedIn(done),
                Err(refused) => Reply::Refused(refused),
            },
            request => {
                let call = self.inner.slot().as_ref().map(Open::call);
                let answered = match call {
                    Some(call) => call.answered(request).await,
                    None => None,
                };
                answered.unwrap_or_else(|| Reply::Refused(self.says_closed()))
            }
        }
    }

    /// Closes the device. Whoever calls from now on is refused; what works with the database is finished, what waits for the
    /// network is not waited for and found whole later. When this returns the device is gone from memory.
    pub(crate) async fn lock(&self) {
        let _turning = self.inner.turn().await;
        self.close().await;
    }

    /// Takes the device off this phone, locked or not, with everything that was not sent.
    ///
    /// # Errors
    /// [`Refused`] when the file system refuses.
    pub(crate) async fn forget(&self) -> Result<(), Refused> {
        let _turning = self.inner.turn().await;
        self.close().await;
        *self.inner.login() = LoginOnTheWay::default();
        forget_home(&self.inner.home)
    }

    /// Opens a phone's door with its vault.
    ///
    /// # Errors
    /// [`Refused`] with code `vault_declined` or `not_set_up`, among others; nothing is changed then.
    pub(crate) async fn open(&self) -> Result<(), Refused> {
        self.unlock(Zeroizing::default()).await
    }

    /// Whether a device lives in the home, as far as can be seen from outside.
    pub(crate) fn is_set_up(&self) -> bool {
        Home::at(&self.inner.home).is_set_up() && !self.inner.unfinished.load(Ordering::Relaxed)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.inner.slot().is_some()
    }

    /// Whether an invitation is to the municipality of the device that is open here.
    pub(crate) fn is_of(&self, invitation: &str) -> bool {
        let session = self.inner.slot().as_ref().map(|open| open.session.clone());
        session.is_some_and(|session| session.app.with(|device| Ok(device.is_of(invitation))).unwrap_or(false))
    }

    /// Entries and other changes without a receipt, as far as the door stands open.
    pub(crate) async fn unsent(&self) -> Option<u32> {
        let call = self.inner.slot().as_ref().map(Open::call)?;
        let counted = tokio::task::spawn_blocking(move || call.session.app.with(|device| device.unsent_count())).await;
        counted.ok()?.ok()
    }

    /// A running host's token, as only who knows this home's passphrase reads it; `None` while the door is closed.
    pub(crate) fn seal_host_token(&self, token: &HostToken) -> Option<String> {
        let session = self.inner.slot().as_ref().map(|open| open.session.clone())?;
        session.app.with(|device| Ok(device.seal_host_token(token))).ok()
    }

    /// Needs whoever calls to hold the door while it turns.
    async fn close(&self) {
        let Some(open) = self.inner.slot().take() else { return };
        self.inner.tell(Event::Locked);
        let Open { session, tasks, under_way, mut all_done, stands_open } = open;
        self.inner.login().set_down = session.app.set_down_login();
        drop((session, under_way, stands_open));
        for task in tasks {
            task.abort();
            // Ended when it is gone with everything it held; that it was told to is no mistake.
            let _ = task.await;
        }
        // Nothing is ever sent: this ends with the last call.
        let _ = all_done.recv().await;
    }

    pub(crate) async fn unlock(&self, passphrase: Zeroizing<Vec<u8>>) -> Result<(), Refused> {
        let _turning = self.inner.turn().await;
        if self.is_open() {
            return Ok(());
        }
        let key = self.inner.vault.clone().map_or(Key::Passphrase(passphrase), Key::Vault);
        let session = self.opened_with(key).await?;
        self.stand_open(session);
        self.inner.tell(Event::Changed);
        Ok(())
    }

    async fn opened_with(&self, key: Key) -> Result<Session, Refused> {
        let home = self.inner.home.clone();
        let opened = tokio::task::spawn_blocking(move || Session::open_guarded(&home, key.guard())).await;
        let opened = opened.unwrap_or_else(|_| Err(gone_wrong()));
        if opened.as_ref().is_err_and(|refused| refused.code == NOT_SET_UP) {
            self.inner.unfinished.store(true, Ordering::Relaxed);
        }
        opened
    }

    /// What is said to whoever asks at a closed door.
    fn says_closed(&self) -> Refused {
        let (code, message) = match &self.inner.vault {
            None => (NEEDS_PASSPHRASE, "Feltbog er låst. Skriv adgangssætningen for at åbne den."),
            Some(_) if self.is_set_up() => (NEEDS_PASSPHRASE, "Feltbog er låst. Lås op for at åbne den."),
            Some(_) => (NOT_SET_UP, "Her er ingen Feltbog endnu. Brug en invitation."),
        };
        Refused { code: code.into(), message: message.into(), message_en: None, retryable: false }
    }

    pub(crate) fn stand_open(&self, session: Session) {
        self.inner.unfinished.store(false, Ordering::Relaxed);
        if let Some(login) = self.inner.login().set_down.take() {
            session.app.take_up_login(login);
        }
        let (mut heard, events, municipality) =
            (session.events(), self.inner.events.clone(), Some(self.inner.place.number()));
        let telling = tokio::spawn(async move {
            loop {
                let event = match heard.recv().await {
                    Ok(event) => event,
                    Err(broadcast::error::RecvError::Lagged(_)) => Event::Changed,
                    Err(broadcast::error::RecvError::Closed) => return,
                };
                // Nobody listening is fine.
                let _ = events.send(Told { event, municipality });
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
    /// The answer; `None` when the door was locked while the network was waited for.
    async fn answered(mut self, request: Request) -> Option<Reply> {
        if waits_for_the_network(&request) {
            return tokio::select! {
                reply = self.session.call(request) => Some(reply),
                // Fails when the door is being locked; nothing is ever sent.
                _ = self.stands_open.changed() => None,
            };
        }
        // On its own, so that the door waits for it also when whoever asked has gone, and for nobody who does not listen.
        let answering = tokio::spawn(async move {
            let call = self;
            call.session.call(request).await
        });
        Some(answering.await.unwrap_or_else(|_| Reply::Refused(gone_wrong())))
    }
}

impl Key {
    fn guard(&self) -> Guard<'_> {
        match self {
            Key::Passphrase(passphrase) => Guard::Passphrase(passphrase),
            Key::Vault(vault) => Guard::Vault(vault.as_ref()),
        }
    }
}

impl Inner {
    /// Nobody listening is fine.
    fn tell(&self, event: Event) {
        let _ = self.events.send(Told { event, municipality: Some(self.place.number()) });
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn login(&self) -> std::sync::MutexGuard<'_, LoginOnTheWay> {
        self.login.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else turns the door; an exchange in the background gives way at once.
    async fn turn(&self) -> AsyncMutexGuard<'_, ()> {
        let _wanted = Wanted::by(&self.others);
        self.turning.lock().await
    }
}

/// Somebody wants to turn the door, for as long as this lives.
struct Wanted<'a>(&'a watch::Sender<u32>);

impl<'a> Wanted<'a> {
    fn by(others: &'a watch::Sender<u32>) -> Self {
        others.send_modify(|others| *others += 1);
        Self(others)
    }
}

impl Drop for Wanted<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|others| *others -= 1);
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inner(..)")
    }
}

#[cfg(test)]
pub(crate) mod tests;
