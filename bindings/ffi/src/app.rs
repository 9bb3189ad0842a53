//! One Feltbog on a phone.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use feltbog_bridge::{Asked, Doors, Reply};

use crate::host_error::HostError;
use crate::key_vault::{HostVault, KeyVault};
use crate::listener::Listener;
use crate::open_options::OpenOptions;
use crate::reminders::Reminders;
use crate::subscription::Subscription;
use crate::sync_outcome::SyncOutcome;
use crate::threads::Threads;

/// The homes in a folder and their doors, one for each municipality. Everything that waits is asynchronous and runs on threads of its own; it goes on to its end also
/// when whoever asked does not wait for it. Call `suspend` before letting go of it.
#[derive(uniffi::Object)]
pub struct App {
    doors: Doors,
    /// What hears every event for as long as the app is there.
    _told: Subscription,
    threads: Threads,
}

#[uniffi::export]
impl App {
    /// Opens the device that lives in a folder. Where nobody has joined yet there is nothing to open, and `call` answers
    /// `not_set_up` until a `join` went well. The listener hears everything that happens from now on.
    ///
    /// # Errors
    /// [`HostError::Refused`] with the code `vault_declined`, `wrong_key` or `in_use`, among others. Nothing is changed
    /// then. To have an app all the same, for the lock screen and to hand in what was not sent, open it locked.
    #[uniffi::constructor]
    pub async fn open(
        options: OpenOptions,
        vault: Arc<dyn KeyVault>,
        listener: Arc<dyn Listener>,
    ) -> Result<Arc<Self>, HostError> {
        let threads = Threads::start()?;
        let doors = Doors::with_vault(Path::new(&options.home), Arc::new(HostVault(vault)));
        let told = Subscription::of(threads.handle(), doors.events(), listener);
        let app = Arc::new(Self { doors, _told: told, threads });
        if !options.locked {
            app.resume().await?;
        }
        Ok(app)
    }

    /// Answers one request of the user interface, JSON for JSON. Refusals are answers too. Where somebody is in several
    /// municipalities, a request says with `municipality` which one it is for.
    ///
    /// # Errors
    /// [`HostError::Broken`].
    pub async fn call(&self, request: String) -> Result<String, HostError> {
        let doors = self.doors.clone();
        self.threads.run(async move { text(&answer(&doors, &request).await) }).await?
    }

    /// One exchange with every municipality in the little time the system gives, counted from now. Closing takes a moment
    /// more, so hand over a second less. A locked device is opened for it with the vault and locked again; what anybody does
    /// at the door comes first.
    ///
    /// # Errors
    /// When no exchange came through: [`HostError::Refused`] with the code `out_of_time`, `gave_way` or `unreachable`, among others. What was committed
    /// before stays, and the next exchange goes on from there.
    pub async fn run_background_sync(&self, deadline_ms: u32) -> Result<SyncOutcome, HostError> {
        let doors = self.doors.clone();
        let time = Duration::from_millis(deadline_ms.into());
        let exchanged = self.threads.run(async move { doors.exchange_within(time).await }).await??;
        Ok(exchanged.into())
    }

    /// What the phone's own system is to remind of, as far as the municipalities are open. Ask again when anything changed, and
    /// before `suspend`.
    ///
    /// # Errors
    /// [`HostError::Refused`] when the file system refuses.
    pub async fn next_reminders(&self) -> Result<Reminders, HostError> {
        let doors = self.doors.clone();
        let reminders = self.threads.run(async move { doors.next_reminders().await }).await??;
        Ok(reminders.into())
    }

    /// Locks: waits for what works with the database, not for the network. When this returns, no file of the home is open
    /// and no key is in memory, so that the system may stop the process for as long as it likes.
    ///
    /// # Errors
    /// [`HostError::Broken`].
    pub async fn suspend(&self) -> Result<(), HostError> {
        let doors = self.doors.clone();
        self.threads.run(async move { doors.lock().await }).await
    }

    /// Opens again what `suspend` or the user interface locked. How often the person is asked is up to the vault.
    ///
    /// # Errors
    /// As `open`; it stays locked then. Where there are several, one that stays locked keeps none of the others from opening.
    pub async fn resume(&self) -> Result<(), HostError> {
        let doors = self.doors.clone();
        self.threads.run(async move { doors.open().await }).await??;
        Ok(())
    }

    /// Takes the device off this phone, of every municipality, locked or not, with everything that was not sent. Ask the
    /// person first.
    ///
    /// # Errors
    /// [`HostError::Refused`] when the file system refuses.
    pub async fn wipe(&self) -> Result<(), HostError> {
        let doors = self.doors.clone();
        Ok(self.threads.run(async move { doors.forget_all().await }).await??)
    }

    /// The same with one municipality, by the number it has in the reply to `municipalities`. The others stay.
    ///
    /// # Errors
    /// [`HostError::Refused`] when it is not here, or the file system refuses.
    pub async fn wipe_municipality(&self, municipality: u32) -> Result<(), HostError> {
        let doors = self.doors.clone();
        Ok(self.threads.run(async move { doors.forget(municipality).await }).await??)
    }

    /// One more listener, until the subscription is cancelled or let go of.
    #[must_use]
    pub fn subscribe(&self, listener: Arc<dyn Listener>) -> Arc<Subscription> {
        Arc::new(Subscription::of(self.threads.handle(), self.doors.events(), listener))
    }
}

async fn answer(doors: &Doors, request: &str) -> Reply {
    match Asked::read(request.as_bytes()) {
        Ok(asked) => doors.call(asked).await,
        Err(refused) => Reply::Refused(refused),
    }
}

fn text(reply: &Reply) -> Result<String, HostError> {
    serde_json::to_string(reply).map_err(|_| HostError::Broken)
}
