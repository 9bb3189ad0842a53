//! The way between devices and the server: a forwarder with an address that stays, whatever happens behind it.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// How one connection ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// After this many bytes towards the server.
    Request(usize),
    /// After this many bytes towards the device. With 0 the server has done its work and nobody hears of it.
    Reply(usize),
}

/// The forwarder. While it leads nowhere, connections are closed at once.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct State {
    to: Option<SocketAddr>,
    cuts: VecDeque<Cut>,
    heard: Vec<u8>,
    over: bool,
}

impl Wire {
    /// A wire that leads nowhere yet.
    #[must_use]
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.lock().unwrap().over {
                    return;
                }
                let shared = Arc::clone(&shared);
                let Ok(stream) = stream else { continue };
                thread::spawn(move || forward(&stream, &shared));
            }
        });
        Self { address, state, accepting: Some(accepting) }
    }

    /// What devices are told is the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on leads here, or nowhere.
    pub fn lead_to(&self, server: Option<SocketAddr>) {
        self.state.lock().unwrap().to = server;
    }

    /// The next connections are cut like this, one each.
    pub fn cut(&self, cuts: &[Cut]) {
        self.state.lock().unwrap().cuts = cuts.iter().copied().collect();
    }

    /// Every byte that has passed, in both directions.
    #[must_use]
    pub fn heard(&self) -> Vec<u8> {
        self.state.lock().unwrap().heard.clone()
    }
}

impl Default for Wire {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.state.lock().unwrap().over = true;
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

fn forward(device: &TcpStream, state: &Arc<Mutex<State>>) {
    let (to, cut) = {
        let mut state = state.lock().unwrap();
        (state.to, state.cuts.pop_front())
    };
    let Some(Ok(server)) = to.map(TcpStream::connect) else {
        let _ = device.shutdown(Shutdown::Both);
        return;
    };
    let (most_up, most_down) = match cut {
        None => (usize::MAX, usize::MAX),
        Some(Cut::Request(bytes)) => (bytes, usize::MAX),
        Some(Cut::Reply(bytes)) => (usize::MAX, bytes),
    };
    thread::scope(|scope| {
        scope.spawn(|| carry(device, &server, most_up, state));
        carry(&server, device, most_down, state);
    });
}

/// Carries bytes until one side ends or `most` have passed; then both connections are closed.
fn carry(mut from: &TcpStream, mut to: &TcpStream, most: usize, state: &Mutex<State>) {
    let mut left = most;
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let passing = &buffer[..read.min(left)];
        left -= passing.len();
        state.lock().unwrap().heard.extend_from_slice(passing);
        if to.write_all(passing).is_err() || left == 0 {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
