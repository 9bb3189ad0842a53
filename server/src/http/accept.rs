//! The accept loop: a bounded number of connections, none of which may dawdle.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::OwnedSemaphorePermit;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

use super::Listener;
use super::Served;
use super::bounds::Admission;
use super::origin::{Origin, Peer};
use super::routes::router;
use crate::access::Seat;
use crate::metrics::Connected;

/// Largest head of a request, its first line included.
const HEAD_BYTES: usize = 16 * 1024;
/// What a connection may have read ahead, or have answered and not sent. There may be thousands of them.
const BUFFER_BYTES: usize = 64 * 1024;
/// Headers of a request.
const HEADERS: usize = 64;
/// Time for a connection to agree on its encryption.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// Time for a connection's next request head, idle time included.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// Time for requests under way once the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(8);
/// An answer of which nothing is read for so long ends its connection: what it holds is wanted elsewhere.
const ANSWER_TIME: Duration = Duration::from_secs(30);
/// Pause after the system refused a connection, for want of file handles mostly.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then lets requests under way finish.
pub(crate) async fn run(
    listener: impl Listener,
    tls: Option<TlsAcceptor>,
    served: Served,
    stop: impl Future<Output = ()>,
) {
    let metrics = Arc::clone(&served.metrics);
    let bounds = Arc::clone(&served.bounds);
    let service = router(served);
    let ending = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let place = tokio::select! {
            () = &mut stop => break,
            place = Arc::clone(&bounds.places).acquire_owned() => place,
        };
        let Ok(place) = place else { break };
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match bounds.connection(peer) {
                    Some(admitted) => {
                        let own = bounds.is_direct(peer).then(Seat::default);
                        let from = Peer { address: peer, own };
                        let held = (place, admitted, metrics.connection());
                        begin(stream, tls.clone(), (from, service.clone()), held, ending.watcher());
                    }
                    // Closed without a word: an answer would be work, and this is to spare it.
                    None => tracing::debug!("a connection too many from one address"),
                },
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, ending.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests under way");
    }
}

/// Where a connection comes from, and what answers its requests.
type Answering = (Peer, Router);

/// What a connection takes up while it lasts.
type Held = (OwnedSemaphorePermit, Admission<Origin>, Connected);

fn begin(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    tls: Option<TlsAcceptor>,
    service: Answering,
    held: Held,
    ending: Watcher,
) {
    tokio::spawn(async move {
        let _held = held;
        let Some(tls) = tls else { return serve(stream, service, ending).await };
        match tokio::time::timeout(HANDSHAKE_TIME, tls.accept(stream)).await {
            Ok(Ok(stream)) => serve(stream, service, ending).await,
            Ok(Err(error)) => tracing::debug!(%error, "a connection was not encrypted as it has to be"),
            Err(_) => tracing::debug!("a connection dawdled over its encryption"),
        }
    });
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    (peer, routes): Answering,
    ending: Watcher,
) {
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer.clone());
        routes.call(request)
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(ANSWER_TIME));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_header_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .max_buf_size(BUFFER_BYTES)
        // Every answer names the server's time inside, where it is exact; a phone pays for each byte.
        .auto_date_header(false)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    if let Err(error) = ending.watch(connection).await {
        // A phone that loses its network in the middle is the ordinary case here.
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests;
