//! `feltbog keep`.

use clap::Args;
use feltbog_bridge::Request;

/// Læg det, der ikke kunne deles, i din egen mappe
///
/// English: move an entry that could not be shared to your own side; `status` names the entries that ask.
#[derive(Debug, Args)]
pub(super) struct Keep {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
}

impl Keep {
    pub(super) fn into_request(self) -> Request {
        Request::KeepEntry { entry: self.entry }
    }
}
