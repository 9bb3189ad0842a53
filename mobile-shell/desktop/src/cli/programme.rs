//! `feltbog programme`.

use clap::Args;
use feltbog_bridge::Request;

/// Opret et program; du bliver dets leder
///
/// English: make a programme; you become its leader.
#[derive(Debug, Args)]
pub(super) struct Programme {
    /// Programmets navn
    #[arg(help_heading = "Hvad", value_name = "NAVN")]
    name: String,
}

impl Programme {
    pub(super) fn into_request(self) -> Request {
        Request::NewProgramme { name: self.name }
    }
}
