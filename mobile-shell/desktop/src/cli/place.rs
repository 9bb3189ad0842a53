//! Where the device lies and what unlocks it.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::passphrase::Passphrase;

/// The home of a device.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) home: PathBuf,
    pub(super) passphrase_file: Option<PathBuf>,
}

impl Place {
    pub(super) fn known_passphrase(&self) -> Result<Passphrase, Failure> {
        Passphrase::known(self.passphrase_file.as_deref())
    }

    pub(super) fn chosen_passphrase(&self) -> Result<Passphrase, Failure> {
        Passphrase::chosen(self.passphrase_file.as_deref())
    }
}
