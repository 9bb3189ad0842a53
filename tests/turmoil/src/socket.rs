//! The server's ear in the simulated network.

use std::io;
use std::net::{IpAddr, SocketAddr};

use feltbog_server::Listener;
use turmoil::net::{TcpListener, TcpStream};

use crate::link::PORT;

/// A simulated socket that listens.
pub(crate) struct Ear(TcpListener);

impl Ear {
    pub(crate) async fn open() -> io::Result<Self> {
        TcpListener::bind(("0.0.0.0", PORT)).await.map(Self)
    }
}

impl Listener for Ear {
    type Connection = TcpStream;

    async fn accept(&self) -> io::Result<(TcpStream, IpAddr)> {
        self.0.accept().await.map(|(stream, peer)| (stream, peer.ip()))
    }

    fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}
