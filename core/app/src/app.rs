//! A device shared between a user interface and the exchange.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, Notify, broadcast};

use feltbog_domain::Moment;
use feltbog_protocol::{DeviceState, ErrorCode};
use feltbog_sync::Failure;

use crate::device::Device;
use crate::enrol_again::enrol_again;
use crate::error::AppError;
use crate::exchange::{ExchangeReport, exchange};
use crate::in_turn::InTurn;
use crate::log_in::{self, LoginBegun};
use crate::login::{AnswerTo, LoginFailure, LoginFlow};
use crate::reserve::Kept;
use crate::seal_readings::TellsReadings;
use crate::start_anew::start_anew;
use crate::transport::Transport;
use crate::use_cases::{ReportWish, ServerReport, server_report};

/// Pause after a save before it is sent, so that one visit makes one exchange.
const AFTER_SAVE: Duration = Duration::from_millis(800);
/// Pause between exchanges nobody asked for, while all is well. One that finds nothing costs under a kilobyte.
const QUIET: Duration = Duration::from_secs(8);
/// Longest pause while the server does not answer.
const LONGEST: Duration = Duration::from_secs(30);

/// Something happened that a screen may want to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Cases or entries changed.
    Changed,
    /// An exchange began.
    ExchangeStarted,
    /// An exchange ended.
    ExchangeEnded {
        /// Whether it came through.
        ok: bool,
    },
}

/// The shared device.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
    /// The draft that becomes what is saved through this handle.
    draft: Option<Arc<str>>,
}

struct Inner {
    device: InTurn<Device>,
    transport: Arc<dyn Transport>,
    exchanging: AsyncMutex<()>,
    last_failure: Mutex<Option<String>>,
    healing: AtomicBool,
    saved: Notify,
    notices: broadcast::Sender<Notice>,
    /// The login that was begun last.
    login: Mutex<Option<LoginFlow>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App(..)")
    }
}

impl App {
    /// Shares a device.
    #[must_use]
    pub fn new(device: Device, transport: Arc<dyn Transport>) -> Self {
        let (notices, _) = broadcast::channel(64);
        let inner = Inner {
            device: InTurn::new(device),
            transport,
            exchanging: AsyncMutex::new(()),
            last_failure: Mutex::new(None),
            healing: AtomicBool::new(false),
            saved: Notify::new(),
            notices,
            login: Mutex::default(),
        };
        Self { inner: Arc::new(inner), draft: None }
    }

    /// Works with the device. What it saves is durable when this returns.
    ///
    /// # Errors
    /// What the work returns.
    pub fn with<T>(&self, work: impl FnOnce(&mut Device) -> Result<T, AppError>) -> Result<T, AppError> {
        on_device(&self.inner.device, work)
    }

    /// The same device, for an act that saves what stood in a draft: the draft goes when the act is saved, and stays when not.
    #[must_use]
    pub fn from_draft(&self, about: &str) -> Self {
        Self { draft: Some(about.into()), ..self.clone() }
    }

    /// Like [`App::with`], for work that saves: screens are told, and an exchange follows soon.
    ///
    /// # Errors
    /// What the work returns.
    pub fn save<T>(&self, work: impl FnOnce(&mut Device) -> Result<T, AppError>) -> Result<T, AppError> {
        let value = self.with(|device| {
            device.mind_what_was_handed_in()?;
            device.saving_from(self.draft.as_deref(), work)
        })?;
        while self.with(|device| Ok(device.keep_some_in_reserve(Kept::Saved)))? {}
        self.tell(Notice::Changed);
        self.inner.saved.notify_one();
        Ok(value)
    }

    /// One exchange that somebody asked for: everything goes along, readings of the last minutes too. A second caller waits
    /// for the first and then has its own.
    ///
    /// # Errors
    /// [`AppError::Exchange`] and what the database refuses. What was committed before stays.
    pub async fn exchange(&self) -> Result<ExchangeReport, AppError> {
        self.exchange_with(TellsReadings::Now).await
    }

    /// The programme's figures as the server counts them, beside this device's own.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] where the member's roles show none of it; when the server does not answer; what
    /// [`Device::report`] refuses.
    pub async fn server_report(&self, wish: &ReportWish) -> Result<ServerReport, AppError> {
        server_report(&self.inner.device, self.inner.transport.as_ref(), wish).await
    }

    async fn exchange_with(&self, tells: TellsReadings) -> Result<ExchangeReport, AppError> {
        let _one_at_a_time = self.inner.exchanging.lock().await;
        self.tell(Notice::ExchangeStarted);
        self.inner.device.lock().tells_readings = tells;
        let result = self.exchange_or_recover().await;
        let failure = result.as_ref().err().map(AppError::sentence);
        *self.inner.last_failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
        if let Ok(report) = &result {
            self.inner.healing.store(report.healing, Ordering::Relaxed);
        }
        if result.as_ref().is_ok_and(|report| report.changed) {
            self.tell(Notice::Changed);
        }
        self.tell(Notice::ExchangeEnded { ok: result.is_ok() });
        result
    }

    /// An exchange; where the server does not know this device any more, or knows a twin of it, the device makes itself
    /// known first and tries once more.
    async fn exchange_or_recover(&self) -> Result<ExchangeReport, AppError> {
        let (device, transport) = (&self.inner.device, self.inner.transport.as_ref());
        match exchange(device, transport).await {
            Err(AppError::Exchange(Failure::Refused(ErrorCode::UnknownDevice))) => {
                enrol_again(device, transport).await?;
            }
            Err(AppError::Exchange(Failure::Refused(ErrorCode::DeviceFork))) => start_anew(device, transport).await?,
            Err(AppError::Exchange(Failure::Refused(code @ (ErrorCode::DeviceBlocked | ErrorCode::DeviceRevoked)))) => {
                return self.leave(code).await;
            }
            Err(AppError::Exchange(Failure::Refused(ErrorCode::StoppedByIt))) => {
                on_device(device, Device::note_stop)?;
                return Err(AppError::Exchange(Failure::Refused(ErrorCode::StoppedByIt)));
            }
            other => return other,
        }
        exchange(device, transport).await
    }

    /// The server does not serve this device. It has shown who said so; one that cannot is not believed.
    async fn leave(&self, code: ErrorCode) -> Result<ExchangeReport, AppError> {
        let (device, transport) = (&self.inner.device, self.inner.transport.as_ref());
        let shut_out = AppError::Exchange(Failure::Refused(code));
        let forgets = on_device(device, |d| {
            match (code, d.own_state()) {
                (ErrorCode::DeviceBlocked, DeviceState::Blocked) => return Ok(false),
                (ErrorCode::DeviceRevoked, DeviceState::Revoked) => {}
                _ => return Err(AppError::Exchange(Failure::Untrusted)),
            }
            let knew = !d.has_forgotten()?;
            d.forget_everything()?;
            Ok(knew)
        })?;
        if forgets {
            self.tell(Notice::Changed);
            // What was handed in leaves now; the answer is the same as before.
            return match exchange(device, transport).await {
                Err(AppError::Exchange(Failure::Refused(ErrorCode::DeviceRevoked))) | Ok(_) => Err(shut_out),
                other => other,
            };
        }
        Err(shut_out)
    }

    /// Begins a login.
    ///
    /// # Errors
    /// [`LoginFailure::NotAsked`] where the municipality asks for none; a server that does not answer.
    pub async fn begin_login(&self, answer: AnswerTo) -> Result<LoginBegun, AppError> {
        let mut flow = log_in::begin(&self.inner.device, self.inner.transport.as_ref()).await?;
        let begun = LoginBegun { port: flow.answer_to(answer).port(), url: flow.authorization_url(answer) };
        self.take_up_login(flow);
        Ok(begun)
    }

    /// The login that was begun last and not finished, for an app that is closed meanwhile: a phone's, while its owner is at the
    /// provider's page.
    #[must_use]
    pub fn set_down_login(&self) -> Option<LoginFlow> {
        self.inner.login.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Goes on with a login that was set down.
    pub fn take_up_login(&self, flow: LoginFlow) {
        *self.inner.login.lock().unwrap_or_else(PoisonError::into_inner) = Some(flow);
    }

    /// Finishes the login that was begun last, with what the browser was sent back to. Whatever comes of it, it is over.
    ///
    /// # Errors
    /// [`AppError::Login`], and [`AppError::Exchange`] when somebody does not answer.
    pub async fn finish_login(&self, answer: &str) -> Result<Option<Moment>, AppError> {
        let flow = self.set_down_login().ok_or(AppError::Login(LoginFailure::NotBegun))?;
        let due = log_in::finish(&self.inner.device, self.inner.transport.as_ref(), flow, answer).await?;
        self.tell(Notice::Changed);
        // What was held back is fetched at once.
        self.inner.saved.notify_one();
        Ok(due)
    }

    /// Why the last exchange of this process failed, if it did.
    #[must_use]
    pub fn last_failure(&self) -> Option<String> {
        self.inner.last_failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the last good exchange of this process met a restored server that waits for a leader's device.
    #[must_use]
    pub fn is_healing(&self) -> bool {
        self.inner.healing.load(Ordering::Relaxed)
    }

    /// Whether an exchange is under way.
    #[must_use]
    pub fn is_exchanging(&self) -> bool {
        self.inner.exchanging.try_lock().is_err()
    }

    /// What happens from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.inner.notices.subscribe()
    }

    /// Exchanges at start, soon after each save, and every now and then; never returns.
    pub async fn keep_in_touch(&self) {
        let mut failures = 0;
        loop {
            failures = if self.exchange_with(TellsReadings::WhenDue).await.is_ok() { 0 } else { failures + 1 };
            tokio::select! {
                () = tokio::time::sleep(pause(failures)) => {}
                () = self.inner.saved.notified() => tokio::time::sleep(AFTER_SAVE).await,
            }
        }
    }

    fn tell(&self, notice: Notice) {
        // Nobody listening is fine.
        let _ = self.inner.notices.send(notice);
    }
}

/// Works with a shared device, and leaves it able to work on.
pub(crate) fn on_device<T>(
    device: &InTurn<Device>,
    work: impl FnOnce(&mut Device) -> Result<T, AppError>,
) -> Result<T, AppError> {
    // A panic while the lock was held has rolled its transaction back; the device itself is whole.
    let mut device = device.lock();
    let result = work(&mut device);
    if let Err(AppError::Store(error)) = &result
        && error.spoils_the_connection()
        && device.store.reopen().is_err()
    {
        tracing::warn!("the database could not be opened again");
    }
    result
}

/// Doubles with each failure up to the longest, somewhere in its upper half, so that devices that lost one server
/// together do not come back together.
fn pause(failures: u32) -> Duration {
    if failures == 0 {
        return QUIET;
    }
    let longest = LONGEST.min(Duration::from_secs(1) * 2_u32.saturating_pow(failures.min(10)));
    let [byte] = feltbog_sealing::random_bytes::<1>();
    longest.mul_f64(0.5 + f64::from(byte) / 512.0)
}
