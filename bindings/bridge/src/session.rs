//! An open device behind the bus: one request in, one reply out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use feltbog_app::{
    App, AppError, Device, Guard, Home, HttpTransport, Notice, RecoveryShare, SetupWish as AppSetupWish, SystemClock,
};
use tokio::sync::broadcast;

use crate::event::Event;
use crate::recover::{RecoverDone, RecoverWish};
use crate::reply::{Refused, Reply, UnsentHandedIn};
use crate::request::{ReportAsked, Request};
use crate::{answer, login, views};

/// An open device; holds its home's lock while it lives.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) app: App,
}

/// What the first device of a municipality needs to know.
#[derive(Debug, Clone)]
pub struct SetupWish {
    /// Address of the server.
    pub server: String,
    /// The bootstrap code.
    pub code: String,
    /// The first administrator's name.
    pub name: String,
    /// Name of the first programme; it can be given later.
    pub programme: Option<String>,
}

/// What setting up gave.
pub struct SetupDone {
    /// The recovery shares, as they are written down. They exist nowhere else.
    pub shares: Vec<String>,
    /// The new member.
    pub member: String,
    /// The new device.
    pub device: String,
    /// The municipality, which whoever recovers it has to name.
    pub tenant: String,
}

/// Takes a home off the disk, the key first.
///
/// # Errors
/// [`Refused`] when the file system refuses.
pub fn forget_home(home: &Path) -> Result<(), Refused> {
    Home::at(home).remove().map_err(|error| refused(error.into()))
}

impl Session {
    /// Opens the device that lives in a folder.
    ///
    /// # Errors
    /// [`Refused`] with code `not_set_up`, `wrong_passphrase` or `in_use`, among others; nothing is changed then.
    pub fn open(home: &Path, passphrase: &[u8]) -> Result<Self, Refused> {
        Self::open_guarded(home, Guard::Passphrase(passphrase))
    }

    /// Opens the device that lives in a folder, whatever it is locked with.
    ///
    /// # Errors
    /// As [`Session::open`], and [`Refused`] with code `vault_declined` and the like.
    pub fn open_guarded(home: &Path, guard: Guard<'_>) -> Result<Self, Refused> {
        let device = Device::open_guarded(home, guard, Arc::new(SystemClock)).map_err(refused)?;
        Self::around(device)
    }

    /// Makes the first device of a municipality.
    ///
    /// # Errors
    /// [`Refused`]; nothing is left behind then.
    pub async fn setup(home: &Path, passphrase: &[u8], wish: SetupWish) -> Result<(Self, SetupDone), Refused> {
        let transport = HttpTransport::new().map_err(refused)?;
        let wish = AppSetupWish { server: wish.server, code: wish.code, name: wish.name, programme: wish.programme };
        let (device, done) =
            feltbog_app::setup(home, passphrase, &wish, &transport, Arc::new(SystemClock)).await.map_err(refused)?;
        let done = SetupDone {
            shares: done.shares.iter().map(RecoveryShare::to_text).collect(),
            member: done.member.to_string(),
            device: done.device.to_string(),
            tenant: done.tenant.to_string(),
        };
        Ok((Self::around(device)?, done))
    }

    /// Makes a recovery station, fetches everything and opens it.
    ///
    /// # Errors
    /// [`Refused`] when the shares do not belong together or here, or the server does not answer.
    pub async fn recover(home: &Path, passphrase: &[u8], wish: RecoverWish) -> Result<(Self, RecoverDone), Refused> {
        let transport = HttpTransport::new().map_err(refused)?;
        let wish = wish.into_app().map_err(refused)?;
        let device =
            feltbog_app::recover(home, passphrase, &wish, &transport, Arc::new(SystemClock)).await.map_err(refused)?;
        let session = Self::around(device)?;
        if let Err(error) = session.app.exchange().await {
            // Half a station is of no use, and in its place the command could not be given again.
            drop(session);
            forget_home(home)?;
            return Err(refused(error));
        }
        let found = session.app.with(|d| Ok(d.end_recovery())).map_err(refused)?;
        Ok((session, RecoverDone::of(found)))
    }

    /// Answers one request. Failures are replies too.
    pub async fn call(&self, request: Request) -> Reply {
        if matches!(request, Request::Sync) {
            return self.exchange().await;
        }
        if let Request::ServerReport(asked) = request {
            return self.server_report(asked).await;
        }
        if login::is_about_login(&request) {
            return login::answer(&self.app, request).await;
        }
        let session = self.clone();
        // The database works on a thread of its own, so that a long import never stops the others.
        let answered = tokio::task::spawn_blocking(move || answer::answer(&session.app, request)).await;
        match answered {
            Ok(Ok(reply)) => reply,
            Ok(Err(error)) => Reply::Refused(refused(error)),
            Err(_) => Reply::Refused(gone_wrong()),
        }
    }

    /// What happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        let mut notices = self.app.notices();
        let (sender, receiver) = broadcast::channel(64);
        tokio::spawn(async move {
            loop {
                let event = match notices.recv().await {
                    Ok(Notice::ExchangeStarted) => Event::ExchangeStarted,
                    Ok(Notice::ExchangeEnded { ok }) => Event::ExchangeEnded { ok },
                    // Whoever was too slow to hear every notice reads everything again.
                    Ok(Notice::Changed) | Err(broadcast::error::RecvError::Lagged(_)) => Event::Changed,
                    Err(broadcast::error::RecvError::Closed) => return,
                };
                if sender.send(event).is_err() {
                    return;
                }
            }
        });
        receiver
    }

    /// Exchanges at start, soon after each save, and every now and then; never returns.
    pub async fn keep_in_touch(&self) {
        self.app.keep_in_touch().await;
    }

    pub(crate) fn around(device: Device) -> Result<Self, Refused> {
        let transport = HttpTransport::new().map_err(refused)?;
        Ok(Self { app: App::new(device, Arc::new(transport)) })
    }

    async fn server_report(&self, asked: ReportAsked) -> Reply {
        let done = async {
            self.app.with(|device| {
                device.mind_the_clock()?;
                device.must_be_open()
            })?;
            self.app.server_report(&answer::report_wish(asked)).await
        };
        let reply = |report| Reply::ServerReport(views::server_report(report));
        done.await.map_or_else(|error| Reply::Refused(refused(error)), reply)
    }

    async fn exchange(&self) -> Reply {
        let done = async {
            let before = self.app.with(|device| device.handed_in())?;
            let report = self.app.exchange().await?;
            views::synced(&self.app, &before, &report)
        };
        done.await.map_or_else(|error| Reply::Refused(refused(error)), Reply::Synced)
    }
}

/// What is said after a panic: what was committed stays.
pub(crate) fn gone_wrong() -> Refused {
    Refused {
        code: "internal".into(),
        message: "Noget gik galt i Feltbog. Det, der var gemt, er gemt. Prøv igen.".into(),
        message_en: None,
        retryable: true,
    }
}

/// Whether a request waits for somebody else's answer, however long that takes.
pub(crate) const fn waits_for_the_network(request: &Request) -> bool {
    matches!(request, Request::Sync | Request::ServerReport(_)) || login::is_about_login(request)
}

/// Opens the token of a running host with the home's passphrase.
///
/// # Errors
/// [`Refused`] for a wrong passphrase.
pub fn open_host_token(home: &Path, passphrase: &[u8], sealed: &str) -> Result<String, Refused> {
    Device::open_host_token(home, passphrase, sealed).map(|token| token.expose().to_owned()).map_err(refused)
}

/// Hands in the unsent work beside a database without opening it.
///
/// # Errors
/// [`Refused`] when the server does not answer, or a file cannot be read.
pub async fn hand_in_unsent(home: &Path) -> Result<UnsentHandedIn, Refused> {
    let transport = HttpTransport::new().map_err(refused)?;
    let done = feltbog_app::hand_in_unsent(home, &transport).await.map_err(refused)?;
    Ok(UnsentHandedIn { folders: done.folders, before: done.before, refused: done.refused })
}

/// Where a running host says how to reach it.
#[must_use]
pub fn host_file(home: &Path) -> PathBuf {
    Home::at(home).host_file()
}

#[allow(clippy::needless_pass_by_value, reason = "used as a function of map_err")]
pub(crate) fn refused(error: AppError) -> Refused {
    Refused {
        code: error.code().to_owned(),
        message: error.sentence(),
        message_en: error.english(),
        retryable: error.is_retryable(),
    }
}
