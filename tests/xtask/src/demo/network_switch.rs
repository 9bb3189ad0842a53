//! The network of one phone: a forwarder between device and server that can be switched off.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result};

/// A way to the server. Off means off: connections break, new ones are closed at once.
#[derive(Clone)]
pub(super) struct NetworkSwitch {
    here: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    there: SocketAddr,
    line: Mutex<Line>,
    up: AtomicU64,
    down: AtomicU64,
}

struct Line {
    on: bool,
    connections: Vec<TcpStream>,
}

impl NetworkSwitch {
    /// A way to this server, switched on.
    pub(super) fn to(server: &str) -> Result<Self> {
        let there = server.trim_start_matches("http://").parse().with_context(|| format!("{server} is no address"))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let here = listener.local_addr()?;
        let line = Mutex::new(Line { on: true, connections: Vec::new() });
        let shared = Arc::new(Shared { there, line, up: AtomicU64::new(0), down: AtomicU64::new(0) });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for device in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || shared.forward(device));
            }
        });
        Ok(Self { here, shared })
    }

    /// The server's address as this phone knows it.
    pub(super) fn address(&self) -> String {
        format!("http://{}", self.here)
    }

    pub(super) fn is_on(&self) -> bool {
        self.shared.line().on
    }

    pub(super) fn turn(&self, on: bool) {
        let mut line = self.shared.line();
        line.on = on;
        if !on {
            for connection in line.connections.drain(..) {
                let _ = connection.shutdown(Shutdown::Both);
            }
        }
    }

    /// Bytes that went up and came down.
    pub(super) fn traffic(&self) -> (u64, u64) {
        (self.shared.up.load(Ordering::Relaxed), self.shared.down.load(Ordering::Relaxed))
    }
}

impl Shared {
    fn line(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Both directions, until one end is done. An error is a broken line, and both ends notice that themselves.
    fn forward(&self, device: TcpStream) {
        let _ = self.connect(&device).and_then(|server| {
            let (from_device, to_server) = (device.try_clone()?, server.try_clone()?);
            thread::scope(|scope| {
                scope.spawn(|| pump(from_device, to_server, &self.up));
                pump(server, device, &self.down);
            });
            Ok(())
        });
    }

    /// The line is held while connecting, so that switching off never misses one.
    fn connect(&self, device: &TcpStream) -> io::Result<TcpStream> {
        let mut line = self.line();
        if !line.on {
            return Err(io::ErrorKind::NetworkDown.into());
        }
        let server = TcpStream::connect(self.there)?;
        line.connections.retain(|old| old.peer_addr().is_ok());
        line.connections.extend([device.try_clone()?, server.try_clone()?]);
        Ok(server)
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let Some(read) = buffer.get(..length) else { break };
        count.fetch_add(length as u64, Ordering::Relaxed);
        if to.write_all(read).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that sends everything back, and a switch in front of it.
    fn echo() -> NetworkSwitch {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || io::copy(&mut stream.try_clone().unwrap(), &mut &stream));
            }
        });
        NetworkSwitch::to(&address).unwrap()
    }

    fn asks(stream: &mut TcpStream) -> io::Result<[u8; 5]> {
        stream.write_all(b"hello")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn on_it_passes_everything_and_counts() {
        let network = echo();
        assert_eq!(asks(&mut TcpStream::connect(network.here).unwrap()).unwrap(), *b"hello");
        assert_eq!(network.traffic(), (5, 5));
    }

    #[test]
    fn off_it_breaks_what_is_open_and_refuses_what_is_new() {
        let network = echo();
        let mut open = TcpStream::connect(network.here).unwrap();
        asks(&mut open).unwrap();
        network.turn(false);
        assert!(asks(&mut open).is_err());
        assert!(asks(&mut TcpStream::connect(network.here).unwrap()).is_err());
        network.turn(true);
        assert!(asks(&mut TcpStream::connect(network.here).unwrap()).is_ok());
    }
}
