//! The loopback host: the packed user interface and the core, for browsers and commands on this computer only.
//!
//! ```text
//! browser --GET /, /assets/..-------> assets   (no secret in them)
//! browser --POST /call, GET /events-> guard: Host, Origin, X-Feltbog-Token --> core
//! feltbog (another process) ----------^   token unsealed from host.json with the passphrase
//! ```

mod accept;
mod assets;
mod core;
mod doorman;
mod events;
mod headers;
mod link;
mod login;
mod loopback;
mod notice;
mod routes;
mod token;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use feltbog_bridge::{Doors, HostToken};
use tokio::net::TcpListener;

use self::core::Core;
pub(crate) use self::link::HostLink;
use self::notice::Notices;
use self::token::Token;
use crate::failure::why;

/// A host that is bound and has told where it is.
pub struct Host {
    listener: TcpListener,
    port: u16,
    token: Token,
    doors: Doors,
    /// Say in each open home where the host is, until the host is gone.
    notices: Arc<Notices>,
}

/// Why a host did not start.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The port.
    #[error("porten kan ikke bruges ({})", why(.0))]
    Listen(#[source] io::Error),
    /// The file in the home that tells other commands where the host is.
    #[error("adressen kan ikke gemmes i Feltbogens mappe ({})", why(.0))]
    Notice(#[source] io::Error),
}

impl Host {
    /// Binds a port of this computer, any that is free when `port` is 0, with a token of its own.
    ///
    /// # Errors
    /// [`HostError`].
    pub async fn bind(doors: Doors, port: u16) -> Result<Self, HostError> {
        let listener =
            TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(HostError::Listen)?;
        let port = listener.local_addr().map_err(HostError::Listen)?.port();
        let random = HostToken::random();
        let token = Token::new(random.expose().to_owned());
        let notices = Arc::new(Notices::of(port, random));
        notices.put_up(&doors).map_err(HostError::Notice)?;
        Ok(Self { listener, port, token, doors, notices })
    }

    /// Where a browser finds the user interface. The token stands after the `#`, which browsers send to nobody.
    #[must_use]
    pub fn address(&self) -> String {
        address(self.port, self.token.text())
    }

    /// Serves and keeps in touch with the servers until `stop` is done, then finishes the requests under way.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, port, token, doors, notices } = self;
        let say_again = {
            let (doors, notices) = (doors.clone(), Arc::clone(&notices));
            move || {
                if let Err(error) = notices.put_up(&doors) {
                    tracing::warn!(%error, "the host's address could not be written again");
                }
            }
        };
        accept::run(listener, Core::of(doors.clone(), Arc::new(say_again)), token, port, stop).await;
        // Before the sessions give their locks back: whoever opens a home next finds no address of a host that is gone.
        notices.take_down();
        doors.lock().await;
    }
}

fn address(port: u16, token: &str) -> String {
    format!("http://127.0.0.1:{port}/#token={token}")
}
