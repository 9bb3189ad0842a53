//! Where connections come from: the system's sockets, or a simulated network's.

use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

/// Something bound that connections come in at.
pub trait Listener {
    /// One connection.
    type Connection: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The next connection, and the address it comes from. May be dropped while it waits; then none is lost.
    fn accept(&self) -> impl Future<Output = io::Result<(Self::Connection, IpAddr)>> + Send;

    /// Where it is bound.
    ///
    /// # Errors
    /// When the system does not say.
    fn address(&self) -> io::Result<SocketAddr>;
}

impl Listener for TcpListener {
    type Connection = TcpStream;

    async fn accept(&self) -> io::Result<(TcpStream, IpAddr)> {
        TcpListener::accept(self).await.map(|(stream, peer)| (stream, peer.ip()))
    }

    fn address(&self) -> io::Result<SocketAddr> {
        self.local_addr()
    }
}
