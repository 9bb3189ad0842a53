//! A PostgreSQL of our own, for as long as the tests take.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use tempfile::TempDir;

use crate::command;
use crate::needs::{POSTGRES, is_root};

/// Listens on nothing but a socket in its own folder; stopped and removed when dropped.
pub(crate) struct Postgres {
    folder: TempDir,
}

impl Postgres {
    /// Makes one and starts it; it takes connections when this returns.
    pub(crate) fn start() -> Result<Self> {
        let postgres = Self { folder: tempfile::tempdir()? };
        let folder = postgres.folder.path();
        if is_root() {
            // It refuses to run as root.
            command::text(Command::new("chown").arg(USER).arg(folder))?;
        }
        let data = folder.join("data");
        command::text(program("initdb", &data).args([
            "--username",
            USER,
            "--auth",
            "trust",
            "--locale",
            "C",
            "-E",
            "UTF8",
        ]))?;
        // Servers are killed here, never the machine: nothing has to wait for a disk.
        let mut settings =
            OsString::from("-c fsync=off -c listen_addresses= -c max_connections=400 -c unix_socket_directories=");
        settings.push(folder);
        let log = folder.join("log");
        command::text(program("pg_ctl", &data).arg("-l").arg(log).arg("-o").arg(settings).args(["-w", "start"]))?;
        Ok(postgres)
    }

    /// What tests are told.
    pub(crate) fn address(&self) -> String {
        format!("postgres:///postgres?host={}&user={USER}", self.folder.path().display())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stopped = command::text(program("pg_ctl", &self.folder.path().join("data")).args(["-m", "fast", "stop"]));
        if let Err(error) = stopped {
            eprintln!("{error:#}");
        }
    }
}

/// The one whom Debian's package makes.
const USER: &str = "postgres";

fn program(name: &str, data: &Path) -> Command {
    let program = Path::new(POSTGRES).join(name);
    let mut command = if is_root() { Command::new("setpriv") } else { Command::new(&program) };
    if is_root() {
        command.args(["--reuid", USER, "--regid", USER, "--clear-groups"]).arg(program);
    }
    // It looks whether its user may be where it is started.
    command.current_dir("/").arg("-D").arg(data);
    command
}
