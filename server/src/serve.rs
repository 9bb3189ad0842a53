//! A server that is ready to serve, and serves until it is told to stop.

use std::fs::File;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::access::Access;
use crate::admin::Admin;
use crate::config::Config;
use crate::http::{self, Bounds, Certificate, Listener, Served, TlsError};
use crate::log::{Log, Standing, StoreError, WriteLog};
use crate::login::Login;
use crate::mark::{Mark, behind};
use crate::metrics::{Metrics, MetricsListener, MetricsSource};
use crate::readiness::Readiness;
use crate::receipt_key::{ReceiptKey, ReceiptKeyError};
use crate::stops::Stops;
use crate::store::Store;
use crate::surroundings::{Surroundings, of_the_system};

/// The mark is behind the log by no more than this.
const MARK_EVERY: Duration = Duration::from_secs(1);

/// An open store and a bound address.
pub struct Server<L = TcpListener> {
    listener: L,
    address: SocketAddr,
    access: Arc<Access>,
    admin: Arc<Admin>,
    bounds: Arc<Bounds>,
    metrics: Option<MetricsListener>,
    certificate: Option<Arc<Certificate>>,
    store: Store,
    mark: Mark,
    _running: File,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Nothing to serve.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// The key.
    #[error("{0}")]
    Key(String),
    /// The database.
    #[error("{0}")]
    Store(String),
    /// The folder's own log would be left behind.
    #[error(
        "this folder holds a log in a file, and another one in a database is named: take another folder for its keys"
    )]
    TwoLogs,
    /// The database is being replaced.
    #[error("the store in this folder is being restored: try again when that is done")]
    Restoring,
    /// The mark or the lock.
    #[error("a file beside the database failed: {0}")]
    File(#[from] io::Error),
    /// The disk, while serving.
    #[error("the disk failed at a commit: nothing that was answered for is lost, start the server again")]
    Disk,
    /// The database others share, while serving.
    #[error("the connection to the database is gone: nothing that was answered for is lost, start the server again")]
    Database,
    /// Encryption towards the identity provider.
    #[error("logins could not be made ready: {0}")]
    Login(#[source] reqwest::Error),
    /// The address.
    #[error("the address could not be listened on: {0}")]
    Listen(#[source] io::Error),
    /// The certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address of the figures.
    #[error("the address of [metrics] could not be listened on: {0}")]
    Metrics(#[source] io::Error),
}

impl From<StoreError> for ServeError {
    fn from(error: StoreError) -> Self {
        ServeError::Store(error.to_string())
    }
}

impl From<ReceiptKeyError> for ServeError {
    fn from(error: ReceiptKeyError) -> Self {
        ServeError::Key(error.to_string())
    }
}

impl Server {
    /// Opens the store and binds `listen`; from here on connections queue up.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn bind(store: impl Into<Store>, listen: SocketAddr) -> Result<Self, ServeError> {
        Self::bind_with(store, listen, Config::default()).await
    }

    /// The same, as a configuration wants it.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn bind_with(store: impl Into<Store>, listen: SocketAddr, config: Config) -> Result<Self, ServeError> {
        let listener = async { TcpListener::bind(listen).await.map_err(ServeError::Listen) };
        Self::open(store.into(), listener, config).await
    }
}

impl<L: Listener> Server<L> {
    /// Opens the store, then listens; for connections of another kind than the system's.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn over(
        store: impl Into<Store>,
        listener: impl Future<Output = Result<L, ServeError>>,
    ) -> Result<Self, ServeError> {
        Self::open(store.into(), listener, Config::default()).await
    }

    async fn open(
        store: Store,
        listener: impl Future<Output = Result<L, ServeError>>,
        config: Config,
    ) -> Result<Self, ServeError> {
        let dir = store.dir();
        if !store.is_here() {
            return Err(ServeError::NoStore);
        }
        if store.is_shared() && dir.has_store() {
            return Err(ServeError::TwoLogs);
        }
        let key = ReceiptKey::load(&dir.receipt_key())?;
        let running = dir.lock_shared()?.ok_or(ServeError::Restoring)?;
        let log = Log::of(&store)?;
        let mut mark = match store.database() {
            Some(_) => Mark::among_others(dir.mark(), of_the_system().map_err(StoreError::Random)?),
            None => Mark::at(dir.mark()),
        };
        notice_restored(&log, &mut mark).await?;
        let listener = listener.await?;
        let address = listener.address().map_err(ServeError::Listen)?;
        let admin = Arc::new(Admin::of(store.clone(), config.clone()));
        let metrics = match config.metrics {
            Some(metrics) => Some(MetricsListener::bind(metrics.listen).await.map_err(ServeError::Metrics)?),
            None => None,
        };
        let certificate = config.tls.map(Certificate::load).transpose()?;
        let stops = Stops::at(dir.stops())?;
        let bounds = Bounds::of(&config.limits, config.server.client_header);
        let login = config.login.made(Login::new).map_err(ServeError::Login)?;
        let access =
            Arc::new(Access::new(log, key, Surroundings::of_the_machine(), config.limits, login).stopping(stops));
        Ok(Self { listener, address, access, admin, bounds, metrics, certificate, store, mark, _running: running })
    }

    /// The address in use; tells the port where any was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether devices speak TLS with it.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.certificate.is_some()
    }

    /// Where the figures are, if they are asked for.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(MetricsListener::address)
    }

    /// Serves until `stop` is done, then finishes the requests under way.
    ///
    /// # Errors
    /// [`ServeError::Disk`] when the disk failed at a commit. What was answered for is safe; whoever runs the server
    /// starts it again, which is the only way to learn what the disk holds.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let Self { listener, access, admin, bounds, metrics: ear, certificate, store, mut mark, .. } = self;
        let metrics = Arc::new(Metrics::new());
        let readiness = Readiness::of(Arc::clone(&access), Some(store.dir().receipt_key()));
        let served = Served::new(Arc::clone(&access), admin, Arc::clone(&metrics), readiness, bounds);
        let failure = if store.is_shared() { ServeError::Database } else { ServeError::Disk };
        let figures = ear.map(|ear| tokio::spawn(ear.serve(Arc::new(MetricsSource { metrics, store }))));
        let (marked, watched, looking) = (Arc::clone(&access), Arc::clone(&access), Arc::clone(&access));
        tokio::spawn(async move { looking.look_at_providers().await });
        let (tell, told) = oneshot::channel::<()>();
        let marking = tokio::spawn(async move {
            keep_marking(&marked, &mut mark, told).await;
        });
        let ending = async {
            tokio::select! {
                () = stop => {}
                () = watched.disk_failed() => {}
            }
        };
        let tls = certificate.as_ref().map(Certificate::acceptor).transpose()?;
        let following = certificate.map(|certificate| tokio::spawn(certificate.follow()));
        http::run(listener, tls, served, ending).await;
        for task in figures.into_iter().chain(following) {
            task.abort();
        }
        drop(tell);
        let _ = marking.await;
        // Looked at last: asked to stop at the very moment the disk failed, it must not end as if all were well.
        tokio::select! {
            biased;
            () = watched.disk_failed() => Err(failure),
            () = std::future::ready(()) => Ok(()),
        }
    }
}

/// A log that is behind its mark was put back from a copy: it goes on under a new epoch, and the mark follows.
async fn notice_restored(log: &Log, mark: &mut Mark) -> Result<(), ServeError> {
    // The mark first: where another process writes to both, the log is never behind what was marked before.
    let marked = mark.read()?;
    let now = log.read(|log| log.standings())?;
    for standing in behind(&marked, &now) {
        let epoch = of_the_system().map_err(StoreError::Random)?;
        log.write(move |transaction| begin_epoch_once(transaction, standing, &epoch)).await?;
        tracing::warn!(
            tenant = %standing.tenant,
            "the log is behind its mark: it was put back from a copy, a new epoch begins"
        );
    }
    Ok(mark.write(log.read(|log| log.standings())?)?)
}

/// Of two processes that start at once, the second finds the epoch begun.
fn begin_epoch_once(transaction: &dyn WriteLog, seen: Standing, epoch: &[u8; 16]) -> Result<(), StoreError> {
    match transaction.tenant(seen.tenant)? {
        Some(row) if row.epoch == seen.epoch => transaction.begin_epoch(seen.tenant, epoch, u64::MAX),
        _ => Ok(()),
    }
}

/// Writes the mark once a second at most, and once more at the end.
async fn keep_marking(access: &Arc<Access>, mark: &mut Mark, mut stopped: oneshot::Receiver<()>) {
    let mut going_on = true;
    while going_on {
        going_on = tokio::time::timeout(MARK_EVERY, &mut stopped).await.is_err();
        let log = Arc::clone(access);
        let read = tokio::task::spawn_blocking(move || log.log().read(|log| log.standings())).await;
        let written = match read {
            Ok(Ok(now)) => mark.write(now).map_err(|error| error.to_string()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = written {
            tracing::warn!(error, "the mark was not written");
        }
    }
}
