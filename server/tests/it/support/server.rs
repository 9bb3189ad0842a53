use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use feltbog_server::{Config, Server, Started, init};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A server on a free port of this computer; stops when dropped.
pub struct TestServer {
    home: TempDir,
    config: Config,
    running: Running,
}

struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl TestServer {
    /// A server with an empty store that has one tenant nobody uses.
    pub fn start() -> Self {
        Self::with(Config::default())
    }

    /// The same as a configuration wants it.
    pub fn with(config: Config) -> Self {
        let home = tempfile::tempdir().unwrap();
        init(home.path(), "Ubrugt Kommune").unwrap();
        let running = Running::start(home.path(), config.clone());
        Self { home, config, running }
    }

    /// Stops the server, waits for it, and starts another on the same store.
    pub fn restart(&mut self) {
        self.running.end();
        self.running = Running::start(self.home.path(), self.config.clone());
    }

    /// The same server under another configuration.
    pub fn ask_for(&mut self, config: Config) {
        self.config = config;
        self.restart();
    }

    /// A copy of the database, taken while nobody writes to it.
    pub fn copy(&mut self) -> Vec<u8> {
        self.running.end();
        let copy = std::fs::read(self.home.path().join("feltbog.db")).unwrap();
        self.running = Running::start(self.home.path(), self.config.clone());
        copy
    }

    /// Puts a copy in the database's place without telling anybody; the mark beside it may be lost as well.
    pub fn put_back(&mut self, copy: &[u8], with_mark: bool) {
        self.running.end();
        std::fs::write(self.home.path().join("feltbog.db"), copy).unwrap();
        if !with_mark {
            std::fs::remove_file(self.home.path().join("feltbog.mark")).unwrap();
        }
        self.running = Running::start(self.home.path(), self.config.clone());
    }

    /// Stops the server and waits for it.
    pub fn stop(&mut self) {
        self.running.end();
    }

    /// Another server on the same store, while this one runs.
    pub fn second_process(&self) -> Self {
        // The second folder is empty; it only gives the twin a home of its own to drop.
        let running = Running::start(self.home.path(), self.config.clone());
        Self { home: tempfile::tempdir().unwrap(), config: self.config.clone(), running }
    }

    pub fn address(&self) -> SocketAddr {
        self.running.address
    }

    pub fn data(&self) -> &Path {
        self.home.path()
    }

    /// Adds a municipality, as IT does while the server runs.
    pub fn init(&self, name: &str) -> Started {
        init(self.home.path(), name).unwrap()
    }
}

impl Running {
    fn start(data: &Path, config: Config) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let data = data.to_owned();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async move {
                let server = Server::bind_with(&data, "127.0.0.1:0".parse().unwrap(), config).await.unwrap();
                tell.send(server.address()).unwrap();
                server.run(async { drop(stopped.await) }).await.unwrap();
            });
        });
        Self { address: told.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    fn end(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
