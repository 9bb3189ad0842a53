//! Databases of a PostgreSQL that whoever runs the tests has started, one for each store.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// Where the PostgreSQL is, as `postgres:///postgres?host=FOLDER&user=NAME`; without it stores are in files.
const SERVER: &str = "FELTBOG_TEST_POSTGRES";
/// Where Debian keeps its programs, version by version.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// A database that is dropped with its owner.
#[derive(Debug)]
pub struct TestDatabase {
    server: String,
    name: String,
}

impl TestDatabase {
    /// An empty one, where the tests were asked to run on PostgreSQL.
    #[must_use]
    pub fn if_asked_for() -> Option<Self> {
        let database = Self::named(std::env::var(SERVER).ok()?);
        database.administer(&format!("CREATE DATABASE {}", database.name));
        Some(database)
    }

    fn named(server: String) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, number) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self { server, name: format!("feltbog_{process}_{number}") }
    }

    /// What a server is told.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.replace("///postgres?", &format!("///{}?", self.name))
    }

    /// The same rows in another database; nobody may be connected.
    #[must_use]
    pub fn copy(&self) -> Self {
        let copy = Self::named(self.server.clone());
        self.end_connections();
        copy.administer(&format!("CREATE DATABASE {} TEMPLATE {}", copy.name, self.name));
        copy
    }

    /// Puts a copy in this one's place.
    pub fn put_back(&self, copy: &Self) {
        self.administer(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        self.administer(&format!("CREATE DATABASE {} TEMPLATE {}", self.name, copy.name));
    }

    /// One statement in it; what it printed.
    #[must_use]
    pub fn ask(&self, statement: &str) -> String {
        printed(&psql(&self.address(), statement))
    }

    /// Everything in it, as text.
    #[must_use]
    pub fn dump(&self) -> String {
        // Newer ones guard each dump with a word of its own.
        let dump = printed(&program("pg_dump", [self.address()]));
        dump.lines().filter(|line| !line.contains("restrict ")).collect::<Vec<_>>().join("\n")
    }

    fn administer(&self, statement: &str) {
        printed(&psql(&self.server, statement));
    }

    /// Cuts every connection to it.
    pub fn end_connections(&self) {
        let sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname =";
        self.administer(&format!("{sessions} '{}'", self.name));
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let _ = psql(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn psql(address: &str, statement: &str) -> Output {
    program("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, address])
}

fn program(name: &str, words: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Output {
    Command::new(PathBuf::from(PROGRAMS).join(name)).args(words).output().unwrap()
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
