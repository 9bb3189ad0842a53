//! The server as a process of its own: this program, started again with another word.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// The word that makes this program a server.
pub(crate) const COMMAND: &str = "serve";

/// A running server; it ends with this value.
pub(crate) struct ServerProcess {
    child: Child,
    pub(crate) url: String,
}

impl ServerProcess {
    pub(crate) fn start(data: &Path) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg(COMMAND).arg(data).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        Ok(Self { child, url: format!("http://{}", line.trim()) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> Result<SocketAddr> {
        Ok(self.url.trim_start_matches("http://").parse()?)
    }

    /// The most memory it ever had, in kilobytes; `None` where the system does not tell.
    pub(crate) fn peak_memory(&self) -> Option<f64> {
        self.status("VmHWM:")
    }

    /// The memory it has now, likewise.
    pub(crate) fn memory(&self) -> Option<f64> {
        self.status("VmRSS:")
    }

    /// Seconds of one core it has used, likewise.
    pub(crate) fn core_seconds(&self) -> Option<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // After the name, which may hold anything: user and system time are the twelfth and thirteenth.
        let after = stat.rsplit_once(')')?.1;
        let ticks: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|word| word.parse().ok()).collect();
        Some(ticks.iter().sum::<f64>() / TICKS_PER_SECOND)
    }

    fn status(&self, name: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

/// What Linux counts a process's time in, on every machine of today.
const TICKS_PER_SECOND: f64 = 100.0;

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves until it is killed; says its address first.
pub(crate) async fn serve(data: &Path) -> Result<()> {
    let server = feltbog_server::Server::bind(data, "127.0.0.1:0".parse()?).await?;
    println!("{}", server.address());
    std::io::stdout().flush()?;
    Ok(server.run(std::future::pending()).await?)
}
