//! One simulated device: a real home, the real device in it, and the exchange it may be in the middle of.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use feltbog_app::{App, AppError, Device, ExchangeReport, LocalKey, Unreachable};
use feltbog_domain::{DeviceId, MemberId, Role};
use feltbog_store::simulation::{self as disk, Plan, Trouble};

use crate::clock::SimulatedClock;
use crate::inspect::Inspector;
use crate::link::{Link, Reply, Request};
use crate::planted::Planted;

type Exchange = Pin<Box<dyn Future<Output = Result<ExchangeReport, AppError>> + Send>>;

/// Whose device it is; the same in every life of a size.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) device: DeviceId,
    pub(crate) member: MemberId,
    pub(crate) key: LocalKey,
}

/// How far an exchange came when it was polled.
#[derive(Debug)]
pub(crate) enum Step {
    /// It wants this carried to the server.
    Asks(Request),
    /// It waits for an answer.
    Waits,
    /// It gave way in the middle of its own work.
    Pauses,
    /// It is over.
    Over(Result<ExchangeReport, AppError>),
}

/// One device.
pub(crate) struct Phone {
    pub(crate) owner: Owner,
    pub(crate) clock: SimulatedClock,
    home: PathBuf,
    inspector: Inspector,
    life: Option<(App, Link)>,
    exchange: Option<Exchange>,
    /// Whether its request is under way.
    asked: bool,
    /// Whether everything was taken off it: nobody works with it any more.
    over: bool,
}

impl Phone {
    /// Opens a home with the key its owner's vault holds.
    pub(crate) fn open(owner: Owner, home: &Path, clock: SimulatedClock) -> anyhow::Result<Self> {
        let inspector = Inspector::open(home, &owner.key)?;
        let mut phone = Self {
            owner,
            clock,
            home: home.to_owned(),
            inspector,
            life: None,
            exchange: None,
            asked: false,
            over: false,
        };
        phone.start_anew(&Planted::default())?;
        Ok(phone)
    }

    /// Ends the process wherever it is, and starts a new one.
    pub(crate) fn start_anew(&mut self, planted: &Planted) -> anyhow::Result<()> {
        if self.over {
            return Ok(());
        }
        self.exchange = None;
        // The home's lock goes with the last owner of the device.
        self.life = None;
        self.asked = false;
        self.inspector.meddle(|sql| planted.between_lives(sql))?;
        let device = match Device::open_unlocked(&self.home, self.owner.key.clone(), Arc::new(self.clock.clone())) {
            // Nothing that anybody needs was left on it.
            Err(AppError::ShutOut | AppError::LeaseOver) => {
                self.over = true;
                return Ok(());
            }
            opened => opened?,
        };
        let link = Link::default();
        self.life = Some((App::new(device, Arc::new(link.clone())), link));
        Ok(())
    }

    /// Works with the device while the disk behaves as planned. What happened to it comes back beside the result.
    pub(crate) fn act<T>(
        &mut self,
        plan: Option<Plan>,
        work: impl FnOnce(&mut Device) -> Result<T, AppError>,
    ) -> (Result<T, AppError>, Option<Trouble>) {
        let Some((app, _)) = &self.life else { return (Err(AppError::NotSetUp), None) };
        disk::arm(plan);
        let result = app.save(work);
        (result, disk::arm(None))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    pub(crate) fn is_exchanging(&self) -> bool {
        self.exchange.is_some()
    }

    /// Begins an exchange, if none is under way.
    pub(crate) fn begin_exchange(&mut self) {
        let Some((app, _)) = self.life.as_ref().filter(|_| self.exchange.is_none()) else { return };
        let app = app.clone();
        self.exchange = Some(Box::pin(async move { app.exchange().await }));
        self.asked = false;
    }

    /// Lets the exchange go on until it waits, pauses or ends.
    pub(crate) fn poll(&mut self, plan: Option<Plan>) -> (Step, Option<Trouble>) {
        let (Some(exchange), Some((_, link))) = (&mut self.exchange, &self.life) else { return (Step::Waits, None) };
        disk::arm(plan);
        let polled = exchange.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let trouble = disk::arm(None);
        let step = match polled {
            Poll::Ready(result) => {
                self.exchange = None;
                self.asked = false;
                Step::Over(result)
            }
            Poll::Pending => match link.take_request() {
                Some(request) => {
                    self.asked = true;
                    Step::Asks(request)
                }
                None if self.asked => Step::Waits,
                None => Step::Pauses,
            },
        };
        (step, trouble)
    }

    /// Gives the exchange what came of its request.
    pub(crate) fn answer(&mut self, answer: Result<Reply, Unreachable>) {
        self.asked = false;
        if let Some((_, link)) = &self.life {
            link.answer(answer);
        }
    }

    /// The database, past the device's own code.
    pub(crate) fn inspector(&self) -> &Inspector {
        &self.inspector
    }
}
