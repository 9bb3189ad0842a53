//! The server's rules without connections, threads, files, clock or chance: for deterministic simulations.
//!
//! Everything a request meets here is what it meets behind HTTP: the same reading of the request, the same judging, the
//! same log. Only what surrounds it is replaced, so the same requests in the same order give the same bytes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use feltbog_domain::TenantId;
use feltbog_protocol::BootstrapCode;
use sha2::{Digest, Sha256};

use crate::access::Access;
use crate::http::{Post, answer};
use crate::limits::Limits;
use crate::log::{self, Log, LoggedRow, MemoryLog, NewTenant, StoreError};
use crate::login::Logins;
use crate::receipt_key::ReceiptKey;
use crate::surroundings::{Dice, Surroundings};
use crate::wait::wait;

/// A server that answers at once, in one thread.
pub struct RuleServer {
    access: Arc<Access>,
    clock: Arc<AtomicI64>,
    dice: Arc<Dice>,
    key_seed: [u8; 32],
}

/// A copy of a server's database. It does not hold the key receipts are signed with, as no copy does.
#[derive(Debug, Clone)]
pub struct Snapshot(log::Snapshot);

/// The log of the simulated server failed; the text says how.
#[derive(Debug, thiserror::Error)]
#[error("the simulated server failed: {0}")]
pub struct Failed(String);

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Failed(error.to_string())
    }
}

/// The headers of a request that the server reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct Headers<'a> {
    /// `authorization`; not needed for setup and enrolment.
    pub authorization: Option<&'a str>,
    /// `feltbog-tenant`; not needed for setup and enrolment.
    pub tenant: Option<&'a str>,
}

impl RuleServer {
    /// An empty server. Keys, ids and epochs follow from the seed.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn new(seed: u64) -> Result<Self, Failed> {
        let dice = Arc::new(Dice::of(seed));
        let key_seed = Sha256::digest([dice.throw(), dice.throw()].concat()).into();
        let clock = Arc::new(AtomicI64::new(0));
        let access = open(Log::Memory(Box::default()), &key_seed, &clock, &dice);
        Ok(Self { access, clock, dice, key_seed })
    }

    /// The same on the log that ships, in this folder: what is answered must be the same byte for byte.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn on_file(seed: u64, folder: &Path) -> Result<Self, Failed> {
        let mut server = Self::new(seed)?;
        let file = folder.join("feltbog.db");
        log::create(&folder.into(), |_| Ok::<_, log::CreateError>(())).map_err(|error| Failed(error.to_string()))?;
        server.access = open(Log::open(&file)?, &server.key_seed, &server.clock, &server.dice);
        Ok(server)
    }

    /// Adds a municipality; gives the code its first administrator types in.
    ///
    /// # Errors
    /// [`Failed`], also when the name is taken.
    pub fn found(&mut self, name: &str) -> Result<BootstrapCode, Failed> {
        let (tenant, secret, epoch) = (TenantId::new(self.dice.throw()), self.dice.throw(), self.dice.throw());
        let secret_hash: [u8; 32] = Sha256::digest(secret).into();
        let owned = name.to_owned();
        let added = wait(self.access.log().write(move |transaction| {
            let new = NewTenant { id: tenant, name: &owned, epoch, secret_hash };
            transaction.add_tenant(&new).map_err(Failed::from)
        }))?;
        if !added {
            return Err(Failed(format!("{name} exists")));
        }
        let server_key = ReceiptKey::from_seed(&self.key_seed).public();
        Ok(BootstrapCode { tenant, secret, server_key })
    }

    /// Serves one `POST` at this moment; gives status and body.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn post(
        &mut self,
        path: &str,
        headers: Headers<'_>,
        body: &[u8],
        now_ms: i64,
    ) -> Result<(u16, Vec<u8>), Failed> {
        self.clock.store(now_ms, Ordering::SeqCst);
        let Headers { authorization, tenant } = headers;
        let post = Post { path, authorization, tenant, body: body.to_vec() };
        Ok(wait(answer(&self.access, post)))
    }

    /// A copy of the database as it is now.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn snapshot(&self) -> Result<Snapshot, Failed> {
        Ok(Snapshot(self.memory()?.snapshot()))
    }

    /// Stops, puts an old copy in the database's place without telling anybody, and starts again.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn restore(&mut self, snapshot: &Snapshot) -> Result<(), Failed> {
        let log = Log::Memory(Box::new(MemoryLog::from_snapshot(&snapshot.0)));
        self.access = open(log, &self.key_seed, &self.clock, &self.dice);
        Ok(())
    }

    /// Stops and starts again: what was kept in memory only is gone, the database and its key are not.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn restart(&mut self) -> Result<(), Failed> {
        self.restore(&self.snapshot()?)
    }

    /// Every row of a municipality's log, whole envelopes included.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn rows(&self, tenant: TenantId) -> Result<Vec<LoggedRow>, Failed> {
        self.access.log().read(|transaction| Ok(transaction.listing(tenant, 0, u64::MAX, u64::MAX)?))
    }

    /// The rows after a place in a municipality's log, whole envelopes included.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn rows_after(&self, tenant: TenantId, after: u64) -> Result<Vec<LoggedRow>, Failed> {
        self.access.log().read(|transaction| Ok(transaction.listing(tenant, after, u64::MAX, u64::MAX)?))
    }

    fn memory(&self) -> Result<&MemoryLog, Failed> {
        match self.access.log() {
            Log::Memory(memory) => Ok(memory),
            Log::File(_) | Log::Shared(_) => Err(Failed("only a log in memory is copied".to_owned())),
        }
    }
}

#[cfg(feature = "simulation")]
thread_local! {
    static PAGE_CEILING: std::cell::Cell<u64> = const { std::cell::Cell::new(u64::MAX) };
}

/// No page of this thread's simulated servers is larger, whatever devices ask for: small worlds need small pages to have
/// more than one.
#[cfg(feature = "simulation")]
pub fn set_page_ceiling(bytes: u64) {
    PAGE_CEILING.set(bytes);
}

#[cfg(feature = "simulation")]
pub(crate) fn page_ceiling() -> u64 {
    PAGE_CEILING.get()
}

fn open(log: Log, key_seed: &[u8; 32], clock: &Arc<AtomicI64>, dice: &Arc<Dice>) -> Arc<Access> {
    let clock = Arc::clone(clock);
    let around = Surroundings::simulated(move || clock.load(Ordering::SeqCst), Arc::clone(dice));
    // Time stands still while a simulated device asks and asks, so how often it does says nothing.
    let limits = Limits { requests_burst: u64::MAX, ..Limits::default() };
    Arc::new(Access::new(log, ReceiptKey::from_seed(key_seed), around, limits, Logins::default()))
}
