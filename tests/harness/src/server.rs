//! One server process and its data folder.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::feltbog_server;

/// What an operator has set aside of a server: its database at one moment.
#[derive(Debug)]
pub struct ServerCopy(TempDir);

/// A server whose folder outlives its processes; the process is killed when this is dropped.
#[derive(Debug)]
pub struct TestServer {
    folder: TempDir,
    running: Option<(Child, SocketAddr)>,
}

impl TestServer {
    /// A store with one tenant, served on a free port. Returns the bootstrap code as well.
    #[must_use]
    pub fn start(tenant: &str) -> (Self, String) {
        let mut server = Self { folder: tempfile::tempdir().unwrap(), running: None };
        let code = server.add_tenant(tenant);
        server.serve();
        (server, code)
    }

    /// Adds a tenant and returns its bootstrap code.
    #[must_use]
    pub fn add_tenant(&self, name: &str) -> String {
        let output = Command::new(feltbog_server())
            .args(["init", "--json", "--tenant", name, "--data"])
            .arg(self.data())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let started: Value = serde_json::from_slice(&output.stdout).unwrap();
        started["bootstrap"].as_str().unwrap().to_owned()
    }

    /// Starts a process on the same store; ready when it has told its address.
    pub fn serve(&mut self) {
        assert!(self.running.is_none(), "it runs already");
        // Everything it can be made to say is what a curious administrator would read.
        let config = self.config_path();
        let configured = config.is_file().then(|| [OsString::from("--config"), config.into()]);
        let mut child = Command::new(feltbog_server())
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(self.data())
            .args(configured.into_iter().flatten())
            .env("FELTBOG_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(self.log_file())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let Some(address) = address.trim().strip_prefix("http://") else {
            let _ = child.kill();
            panic!("the server did not start: {}", self.log());
        };
        self.running = Some((child, address.parse().unwrap()));
    }

    /// Writes the configuration that its next process is started with.
    pub fn configure(&self, text: &str) {
        fs::write(self.config_path(), text).unwrap();
    }

    fn config_path(&self) -> PathBuf {
        self.folder.path().join("feltbog.toml")
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let (mut child, _) = self.running.take().expect("it runs");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Asks it to end, waits until it has, and sees that it ended well.
    pub fn stop(&mut self) {
        let (mut child, _) = self.running.take().expect("it runs");
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        assert!(child.wait().unwrap().success(), "{}", self.log());
    }

    /// A copy of the database as it lies on the disk now; nothing else of the folder.
    #[must_use]
    pub fn copy(&self) -> ServerCopy {
        assert!(self.running.is_none(), "stop it first");
        let copy = ServerCopy(tempfile::tempdir().unwrap());
        for (from, name) in self.database_files() {
            fs::copy(from, copy.0.path().join(name)).unwrap();
        }
        copy
    }

    /// Puts a copy of the database in the place of the newer one, as somebody does who tells nobody.
    pub fn put_back(&self, copy: &ServerCopy) {
        assert!(self.running.is_none(), "stop it first");
        for (path, _) in self.database_files() {
            fs::remove_file(path).unwrap();
        }
        for item in fs::read_dir(copy.0.path()).unwrap() {
            let item = item.unwrap();
            fs::copy(item.path(), self.data().join(item.file_name())).unwrap();
        }
    }

    fn database_files(&self) -> Vec<(PathBuf, OsString)> {
        let items = fs::read_dir(self.data()).unwrap().map(|item| item.unwrap());
        let files = items.map(|item| (item.path(), item.file_name()));
        files.filter(|(_, name)| name.to_string_lossy().starts_with("feltbog.db")).collect()
    }

    /// Everything its process holds in memory now.
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn memory(&self) -> Vec<Vec<u8>> {
        crate::memory::of_process(self.running.as_ref().expect("it runs").0.id())
    }

    /// Where it listens; `None` while it is down.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.running.as_ref().map(|(_, address)| *address)
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Everything all its processes wrote to standard error.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// What IT sees of the envelopes: `feltbog-server log --json`.
    #[must_use]
    pub fn rows(&self) -> Vec<Value> {
        let output = Command::new(feltbog_server())
            .args(["log", "--json", "--limit", "1000000", "--data"])
            .arg(self.data())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Folder of the store and of the log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    fn log_file(&self) -> File {
        OpenOptions::new().create(true).append(true).open(self.log_path()).unwrap()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if let Some((child, _)) = &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
