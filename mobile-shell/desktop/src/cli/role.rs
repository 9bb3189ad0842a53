//! `feltbog role`.

use clap::Args;
use feltbog_bridge::Request;

/// Giv en kollega en rolle mere, eller tag en fra
///
/// English: give a colleague one more role, or take one away with --remove; keys follow with the exchanges.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct ChangeRole {
    /// Kollegaens navn
    #[arg(help_heading = "Hvem", value_name = "NAVN")]
    name: String,
    /// Rollen
    #[arg(
        long,
        value_name = "ROLLE",
        value_parser = [
            "administrator", "leader", "deputy", "consultant", "treatment", "outreach", "records", "evaluator", "reviewer",
        ]
    )]
    role: String,
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, value_name = "PROGRAM")]
    programme: Option<String>,
    /// Hvilken side; følger rollen, hvis intet er skrevet
    #[arg(long, value_name = "SIDE", value_parser = ["employment", "treatment"])]
    side: Option<String>,
    /// Tag rollen fra kollegaen
    #[arg(long)]
    remove: bool,
}

impl ChangeRole {
    pub(super) fn into_request(self) -> Request {
        Request::ChangeRole {
            name: self.name,
            role: self.role,
            programme: self.programme,
            side: self.side,
            remove: self.remove,
        }
    }
}
