//! `host.json` in every home that is open: where its host is, for other commands of the same person.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use feltbog_bridge::{Doors, HostToken, host_file};
use serde::{Deserialize, Serialize};

use crate::private_file;

/// What the file says.
#[derive(Serialize, Deserialize)]
pub(super) struct Posted {
    pub(super) port: u16,
    /// The token, sealed to the home's passphrase.
    pub(super) token: String,
    /// The municipality's place, by which the host knows the home.
    #[serde(default)]
    pub(super) municipality: Option<u32>,
}

/// The files, for as long as the host lives.
pub(super) struct Notices {
    port: u16,
    token: HostToken,
    posted: Mutex<BTreeSet<PathBuf>>,
}

impl Notices {
    pub(super) fn of(port: u16, token: HostToken) -> Self {
        Self { port, token, posted: Mutex::default() }
    }

    /// Writes one into every home that is open. While a home was locked, a command may have opened it itself and taken the
    /// address for one left behind.
    pub(super) fn put_up(&self, doors: &Doors) -> io::Result<()> {
        for (place, home, token) in doors.seal_host_token(&self.token) {
            let posted = Posted { port: self.port, token, municipality: Some(place.number()) };
            let file = host_file(&home);
            private_file::replace(&file, &serde_json::to_string(&posted)?)?;
            self.posted.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
        }
        Ok(())
    }

    /// Ends them.
    pub(super) fn take_down(&self) {
        for file in std::mem::take(&mut *self.posted.lock().unwrap_or_else(PoisonError::into_inner)) {
            if private_file::remove(&file).is_err() {
                tracing::warn!("the host's address could not be removed");
            }
        }
    }
}

impl Drop for Notices {
    fn drop(&mut self) {
        self.take_down();
    }
}

/// Reads the notice of a home; what cannot be read leads to no host.
pub(super) fn read(home: &Path) -> Option<Posted> {
    serde_json::from_str(&std::fs::read_to_string(host_file(home)).ok()?).ok()
}
