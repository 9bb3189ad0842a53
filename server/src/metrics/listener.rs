//! Where the figures are fetched: an address of this computer alone, apart from what devices reach.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Metrics;
use crate::backups::last_backup_ms;
use crate::log::{StoreError, condition};
use crate::store::Store;

/// A scraper or two; more would be a mistake.
const CONNECTIONS: usize = 8;
/// Time for a request's head, idle time included.
const HEADER_TIME: Duration = Duration::from_secs(10);
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the figures are made of.
#[derive(Debug)]
pub(crate) struct MetricsSource {
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) store: Store,
}

impl MetricsSource {
    fn text(&self) -> Result<String, StoreError> {
        let backup = last_backup_ms(self.store.dir()).unwrap_or_default();
        let (now, bytes) = condition(&self.store)?;
        Ok(self.metrics.text(&now, bytes, backup))
    }
}

/// A bound address.
#[derive(Debug)]
pub(crate) struct MetricsListener {
    listener: TcpListener,
    address: SocketAddr,
}

impl MetricsListener {
    /// Binds; the configuration has seen to it that nobody else's computer reaches the address.
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self { address: listener.local_addr()?, listener })
    }

    /// The address in use.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until it is dropped.
    pub(crate) async fn serve(self, source: Arc<MetricsSource>) {
        let service = Router::new().route("/metrics", get(metrics)).with_state(source);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            match self.listener.accept().await {
                Ok((stream, _)) => begin(stream, service.clone(), place),
                Err(error) => tracing::warn!(%error, "a connection for the figures was not accepted"),
            }
        }
    }
}

fn begin(stream: TcpStream, service: Router, place: OwnedSemaphorePermit) {
    tokio::spawn(async move {
        let _place = place;
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .await;
        if let Err(error) = served {
            tracing::debug!(%error, "a connection for the figures ended early");
        }
    });
}

async fn metrics(State(source): State<Arc<MetricsSource>>) -> Response {
    let text = tokio::task::spawn_blocking(move || source.text()).await;
    match text {
        Ok(Ok(text)) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the figures could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
