//! `feltbog seen`.

use clap::Args;
use feltbog_bridge::Request;

/// Sig, at du har set, hvad andre har ændret ved, hvordan du står
///
/// English: you have seen a new device in your name, a role given or taken, or a recovery station; `status` names them.
#[derive(Debug, Args)]
pub(super) struct Seen {
    /// Det, der står i kantede parenteser i feltbog status
    #[arg(help_heading = "Hvad", value_name = "ÆNDRING", required = true, allow_hyphen_values = true)]
    changes: Vec<String>,
}

impl Seen {
    pub(super) fn into_request(self) -> Request {
        Request::SawStanding { seen: self.changes }
    }
}
