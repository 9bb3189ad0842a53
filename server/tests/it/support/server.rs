use std::net::SocketAddr;
use std::path::Path;
use std::process::Output;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use feltbog_domain::DeviceId;
use feltbog_harness::TestDatabase;
use feltbog_server::{Config, Server, Started, Store, init};
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::{Serving, run};

/// A server on a free port of this computer; stops when dropped. Its log is in a file, or in PostgreSQL where the tests were asked
/// to run on that.
pub struct TestServer {
    running: Running,
    home: TempDir,
    database: Option<TestDatabase>,
    config: Config,
}

/// A copy of a server's database.
pub enum ServerCopy {
    File(Vec<u8>),
    Database(TestDatabase),
}

impl ServerCopy {
    /// Its bytes, however they are written down.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            ServerCopy::File(bytes) => bytes.clone(),
            ServerCopy::Database(database) => database.dump().into_bytes(),
        }
    }
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

    /// The same with its log in PostgreSQL; fails where there is none to test on.
    pub fn in_database() -> Self {
        let server = Self::start();
        assert!(server.database.is_some(), "FELTBOG_TEST_POSTGRES names no PostgreSQL");
        server
    }

    /// The same as a configuration wants it.
    pub fn with(config: Config) -> Self {
        let (home, database) = (tempfile::tempdir().unwrap(), TestDatabase::if_asked_for());
        let store = store(home.path(), database.as_ref());
        init(&store, "Ubrugt Kommune").unwrap();
        let running = Running::start(store, config.clone());
        Self { running, home, database, config }
    }

    /// Stops the server, waits for it, and starts another on the same store.
    pub fn restart(&mut self) {
        self.running.end();
        self.running = Running::start(self.store(), self.config.clone());
    }

    /// The same server under another configuration.
    pub fn ask_for(&mut self, config: Config) {
        self.config = config;
        self.restart();
    }

    /// A copy of the database, taken while nobody writes to it.
    pub fn copy(&mut self) -> ServerCopy {
        self.running.end();
        let copy = match &self.database {
            Some(database) => ServerCopy::Database(database.copy()),
            None => ServerCopy::File(std::fs::read(self.home.path().join("feltbog.db")).unwrap()),
        };
        self.running = Running::start(self.store(), self.config.clone());
        copy
    }

    /// Puts a copy in the database's place without telling anybody; the mark beside it may be lost as well.
    pub fn put_back(&mut self, copy: &ServerCopy, with_mark: bool) {
        self.running.end();
        match (copy, &self.database) {
            (ServerCopy::Database(copy), Some(database)) => database.put_back(copy),
            (copy, _) => std::fs::write(self.home.path().join("feltbog.db"), copy.bytes()).unwrap(),
        }
        if !with_mark {
            std::fs::remove_file(self.home.path().join("feltbog.mark")).unwrap();
        }
        self.running = Running::start(self.store(), self.config.clone());
    }

    /// Stops the server and waits for it.
    pub fn stop(&mut self) {
        self.running.end();
    }

    /// Another server on the same store, while this one runs.
    pub fn second_process(&self) -> Self {
        // The second folder is empty; it only gives the twin a home of its own to drop.
        let running = Running::start(self.store(), self.config.clone());
        Self { running, home: tempfile::tempdir().unwrap(), database: None, config: self.config.clone() }
    }

    pub fn address(&self) -> SocketAddr {
        self.running.address
    }

    pub fn data(&self) -> &Path {
        self.home.path()
    }

    /// Where its store is.
    pub fn store(&self) -> Store {
        store(self.home.path(), self.database.as_ref())
    }

    /// Restores a copy as IT does; PostgreSQL's own people have put it back before, where no server runs.
    pub fn restore(&self, copy: &ServerCopy) -> Output {
        let Some(database) = &self.database else {
            let from = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(from.path(), copy.bytes()).unwrap();
            return self.run(&["restore", "--from", from.path().to_str().unwrap()]);
        };
        if let ServerCopy::Database(copy) = copy
            && self.running.thread.is_none()
        {
            database.put_back(copy);
        }
        self.run(&["restore"])
    }

    /// Runs a command on its store.
    pub fn run(&self, words: &[&str]) -> Output {
        self.run_with_keys(self.home.path(), words)
    }

    /// The same with another folder of keys.
    pub fn run_with_keys(&self, keys: &Path, words: &[&str]) -> Output {
        let address = self.database.as_ref().map(TestDatabase::address);
        let named = address.iter().flat_map(|address| ["--database", address]);
        run(keys, &words.iter().copied().chain(named).collect::<Vec<_>>())
    }

    /// A process of its own on the same store.
    pub fn serving(&self) -> Serving {
        let address = self.database.as_ref().map(TestDatabase::address);
        let named: Vec<&str> = address.iter().flat_map(|address| ["--database", address]).collect();
        Serving::start(self.home.path(), &named)
    }

    /// One statement in its database; what it printed.
    pub fn ask(&self, statement: &str) -> String {
        self.database.as_ref().expect("a log in PostgreSQL").ask(statement)
    }

    /// Cuts every connection to its database.
    pub fn end_connections(&self) {
        self.database.as_ref().expect("a log in PostgreSQL").end_connections();
    }

    /// Makes the log of a stopped server one of another day, that knows a device and not what it wrote.
    pub fn lose_work_of(&self, device: DeviceId) {
        let hex = data_encoding::HEXLOWER.encode(device.as_bytes());
        let forget = |id: &str| {
            format!(
                "DELETE FROM log WHERE device = {id} AND kind = 1; UPDATE device SET last_dseq = 1 WHERE id = {id};"
            )
        };
        if let Some(database) = &self.database {
            let _ = database.ask(&forget(&format!("'\\x{hex}'")));
        } else {
            let file = rusqlite::Connection::open(self.home.path().join("feltbog.db")).unwrap();
            file.execute_batch(&forget(&format!("x'{hex}'"))).unwrap();
        }
    }

    /// Makes every row of the log so many days older; the server starts again.
    pub fn age_rows(&mut self, days: i64) {
        self.running.end();
        let aged = format!("UPDATE log SET recv_ms = recv_ms - {}", days * 24 * 60 * 60 * 1000);
        match &self.database {
            Some(database) => drop(database.ask(&aged)),
            None => {
                let file = rusqlite::Connection::open(self.home.path().join("feltbog.db")).unwrap();
                file.execute_batch(&aged).unwrap();
            }
        }
        self.running = Running::start(self.store(), self.config.clone());
    }

    /// Whether any file of the server, or any row of its database, holds these bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        is_anywhere(self.home.path(), bytes)
            || self.database.as_ref().is_some_and(|database| is_in_rows(database, bytes))
    }

    /// Adds a municipality, as IT does while the server runs.
    pub fn init(&self, name: &str) -> Started {
        init(self.store(), name).unwrap()
    }
}

fn store(home: &Path, database: Option<&TestDatabase>) -> Store {
    Store::at(home, database.map(|database| database.address().parse().unwrap()))
}

/// Whether any file of a folder holds these bytes.
fn is_anywhere(data: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(data).unwrap().any(|file| {
        let found = std::fs::read(file.unwrap().path()).unwrap();
        // A page of the database may end within: any half of them is as bad as the whole.
        [&bytes[..bytes.len() / 2], &bytes[bytes.len() / 2..]]
            .iter()
            .any(|half| found.windows(half.len()).any(|here| here == *half))
    })
}

/// What a database keeps outside of its rows, only its own people can take away (decision 42).
fn is_in_rows(database: &TestDatabase, bytes: &[u8]) -> bool {
    let hex = data_encoding::HEXLOWER.encode(bytes);
    let found = database.ask(&format!("SELECT count(*) FROM log WHERE position('\\x{hex}'::bytea IN body) > 0"));
    found.trim() != "0"
}

impl Running {
    fn start(store: Store, config: Config) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async move {
                let server = Server::bind_with(store, "127.0.0.1:0".parse().unwrap(), config).await.unwrap();
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
