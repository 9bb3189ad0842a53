//! `host.json`: where the host of a home is, for other commands of the same person.

use std::io;
use std::path::{Path, PathBuf};

use feltbog_bridge::host_file;
use serde::{Deserialize, Serialize};

use crate::private_file;

/// What the file says.
#[derive(Serialize, Deserialize)]
pub(super) struct Posted {
    pub(super) port: u16,
    /// The token, sealed to the home's passphrase.
    pub(super) token: String,
}

/// The file, for as long as the host lives.
pub(super) struct Notice(PathBuf);

impl Notice {
    pub(super) fn put_up(home: &Path, port: u16, sealed: &str) -> io::Result<Self> {
        post(home, port, sealed)?;
        Ok(Self(host_file(home)))
    }

    /// Ends the notice.
    pub(super) fn take_down(self) {
        drop(self);
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        if private_file::remove(&self.0).is_err() {
            tracing::warn!("the host's address could not be removed");
        }
    }
}

/// Writes the notice of a home.
pub(super) fn post(home: &Path, port: u16, sealed: &str) -> io::Result<()> {
    private_file::replace(&host_file(home), &serde_json::to_string(&Posted { port, token: sealed.to_owned() })?)
}

/// Reads the notice of a home; what cannot be read leads to no host.
pub(super) fn read(home: &Path) -> Option<Posted> {
    serde_json::from_str(&std::fs::read_to_string(host_file(home)).ok()?).ok()
}
