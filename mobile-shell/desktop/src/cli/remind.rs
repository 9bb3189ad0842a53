//! A message that reminds a citizen.

use clap::Args;
use feltbog_bridge::Request;

/// Skriv en besked, der minder borgeren om næste aftale, til telefonen
///
/// English: a message that reminds the citizen of the next appointment; the appointment's own words stand in it only where the
/// guard knows none of them. It knows words, not meanings: read the message before it is sent.
#[derive(Debug, Args)]
pub(super) struct Remind {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
}

impl Remind {
    pub(super) fn into_request(self) -> Request {
        Request::ReminderText { case: self.case }
    }
}
