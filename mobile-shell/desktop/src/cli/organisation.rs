//! `feltbog organisation`.

use clap::Args;
use feltbog_bridge::Request;

/// Skriv, hvor en kollega er ansat
///
/// English: say where a colleague is employed, a region for example; it opens nothing and is shown to citizens who ask who
/// has read about them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Organisation {
    /// Kollegaens navn
    #[arg(help_heading = "Hvem", value_name = "NAVN")]
    name: String,
    /// Organisationens navn
    #[arg(
        help_heading = "Hvor",
        value_name = "ORGANISATION",
        required_unless_present = "none",
        conflicts_with = "none"
    )]
    organisation: Option<String>,
    /// Tag det ud igen
    #[arg(long)]
    none: bool,
}

impl Organisation {
    pub(super) fn into_request(self) -> Request {
        Request::SetOrganisation { name: self.name, organisation: self.organisation }
    }
}
