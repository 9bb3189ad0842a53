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
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feltbog_bridge::{Door, Refused, Session};
use tokio::net::TcpListener;

use self::core::Core;
pub(crate) use self::link::HostLink;
use self::notice::Notice;
use self::token::Token;
use crate::failure::why;

/// A host that is bound and has told where it is.
pub struct Host {
    listener: TcpListener,
    port: u16,
    token: Token,
    session: Session,
    home: PathBuf,
    /// The token as it may lie on disk.
    sealed: String,
    /// Says in the home where the host is, until the host is gone.
    notice: Notice,
}

/// Why a host did not start.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The device.
    #[error("{}", .0.message)]
    Device(Refused),
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
    pub async fn bind(session: Session, home: &Path, port: u16) -> Result<Self, HostError> {
        let listener =
            TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(HostError::Listen)?;
        let port = listener.local_addr().map_err(HostError::Listen)?.port();
        let pair = session.new_host_token().map_err(HostError::Device)?;
        let notice = Notice::put_up(home, port, &pair.sealed).map_err(HostError::Notice)?;
        let (home, sealed) = (home.to_owned(), pair.sealed);
        Ok(Self { listener, port, token: Token::new(pair.token), session, home, sealed, notice })
    }

    /// Where a browser finds the user interface. The token stands after the `#`, which browsers send to nobody.
    #[must_use]
    pub fn address(&self) -> String {
        address(self.port, self.token.text())
    }

    /// Serves and keeps in touch with the server until `stop` is done, then finishes the requests under way.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Self { listener, port, token, session, home, sealed, notice } = self;
        let door = Door::of(session, &home);
        // While it was locked, a command may have opened the home itself and taken the address for one left behind.
        let say_again = move || {
            if let Err(error) = notice::post(&home, port, &sealed) {
                tracing::warn!(%error, "the host's address could not be written again");
            }
        };
        accept::run(listener, Core::of(door.clone(), Arc::new(say_again)), token, port, stop).await;
        // Before the session gives the lock back: whoever opens the home next finds no address of a host that is gone.
        notice.take_down();
        door.lock().await;
    }
}

fn address(port: u16, token: &str) -> String {
    format!("http://127.0.0.1:{port}/#token={token}")
}
