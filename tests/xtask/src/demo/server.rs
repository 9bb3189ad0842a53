//! The sync server of the demo, and what the people who run it can see.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Result;
use serde_json::Value;

use super::cast::MUNICIPALITY;
use super::document::Document;
use super::started::first_line;
use super::workplace::Workplace;
use crate::binaries::Binaries;
use crate::command;
use crate::janitor::Kept;

/// A running server with one municipality.
pub(super) struct Server {
    binary: PathBuf,
    pub(super) data: PathBuf,
    /// Where devices reach it.
    pub(super) address: String,
    /// What sets up the first device, once.
    pub(super) bootstrap: String,
    _process: Kept,
}

impl Server {
    pub(super) fn start(binaries: &Binaries, workplace: &Workplace) -> Result<Self> {
        let (binary, data) = (binaries.server(), workplace.path("server"));
        let made = command::text(
            Command::new(&binary).args(["init", "--json", "--tenant", MUNICIPALITY, "--data"]).arg(&data),
        )?;
        let bootstrap = Document::read(&made)?.text("/bootstrap")?;
        let mut serve = Command::new(&binary);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&data).stdout(Stdio::piped());
        let (process, address) = first_line(&mut serve, workplace, "server")?;
        Ok(Self { binary, data, address, bootstrap, _process: process })
    }

    /// Rows of its log after `seq`, as `feltbog-server log` shows them.
    pub(super) fn log_after(&self, seq: u64) -> Result<Vec<Value>> {
        let (seq, data) = (seq.to_string(), self.data.as_os_str());
        let mut log = Command::new(&self.binary);
        log.args(["log", "--json", "--hex", "--bytes", SHOWN_BYTES, "--limit", ROWS, "--after", &seq, "--data"])
            .arg(data);
        Ok(serde_json::from_str(&command::text(&mut log)?)?)
    }
}

const SHOWN_BYTES: &str = "200";
const ROWS: &str = "5000";
