//! The accept loop: hyper-util's own, because axum's has no time limit for a request's head.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::core::Core;
use super::doorman::Doorman;
use super::routes::router;
use super::token::Token;

/// Connections at a time: a browser opens six for each tab.
const CONNECTIONS: usize = 128;
/// Time for a connection's next request head, idle time included.
const HEADER_TIME: Duration = Duration::from_secs(30);
/// Time for requests under way once the host is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(5);
/// Pause after the system refused a connection, for want of file handles mostly.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then lets requests under way finish.
pub(super) async fn run(listener: TcpListener, core: Core, token: Token, port: u16, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (tell, told) = watch::channel(false);
    let service = router(core, Doorman::new(port, token), told);
    let ending = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let next = async {
            // Never closed, so there is always a place in the end.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        tokio::select! {
            () = &mut stop => break,
            (place, accepted) = next => match accepted {
                Ok((stream, _)) => begin(stream, service.clone(), place, ending.watcher()),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
    drop(listener);
    // Events would go on for ever, and with them their connections.
    tell.send_replace(true);
    if tokio::time::timeout(LAST_REQUESTS, ending.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests under way");
    }
}

fn begin(stream: TcpStream, service: Router, place: Option<OwnedSemaphorePermit>, ending: Watcher) {
    tokio::spawn(async move {
        let _place = place;
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        if let Err(error) = ending.watch(connection).await {
            // A tab that is closed in the middle is the ordinary case here.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

#[cfg(test)]
mod tests;
