//! `feltbog readlog`.

use clap::Args;
use feltbog_bridge::Request;

/// Hvem der har læst om en borger, ældste først; for den journalansvarlige
///
/// English: who has read about a citizen, as far as the devices have told; for the records officers of the own side.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct ReadLog {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Uden medarbejdernes navne; kun hvilken rolle de havde
    #[arg(long)]
    without_staff: bool,
}

impl ReadLog {
    pub(super) fn into_request(self) -> Request {
        Request::ReadLog { case: self.case, without_staff: self.without_staff }
    }
}
