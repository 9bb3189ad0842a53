//! `feltbog invite`.

use clap::Args;
use feltbog_bridge::Request;

use super::valid_for;

/// Invitér en kollega: en invitation til at kopiere eller scanne
///
/// English: make an invitation that a new device joins with, as text and as a QR code.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Invite {
    /// Kollegaens navn
    #[arg(long, value_name = "NAVN", required_unless_present = "device")]
    name: Option<String>,
    /// En enhed mere til en, der allerede er med: dig selv, eller den, --name nævner
    #[arg(long, conflicts_with_all = ["role", "programme", "side"])]
    device: bool,
    /// Kollegaens rolle
    #[arg(
        long,
        required_unless_present = "device",
        value_name = "ROLLE",
        value_parser = [
            "administrator", "leader", "deputy", "consultant", "treatment", "outreach", "records", "evaluator", "reviewer",
        ]
    )]
    role: Option<String>,
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, value_name = "PROGRAM")]
    programme: Option<String>,
    /// Hvilken side; følger rollen, hvis intet er skrevet
    #[arg(long, value_name = "SIDE", value_parser = ["employment", "treatment"])]
    side: Option<String>,
    /// Hvor længe den kan bruges, fx 30m, 24h eller 7d
    #[arg(long, value_name = "TID", value_parser = valid_for::minutes)]
    valid_for: Option<u32>,
    /// Tegn QR-koden, også når svaret ikke vises i en terminal
    #[arg(long)]
    pub(super) qr: bool,
}

impl Invite {
    pub(super) fn into_request(self) -> Request {
        match (self.name, self.role) {
            (Some(name), Some(role)) => Request::Invite {
                name,
                role,
                programme: self.programme,
                side: self.side,
                valid_minutes: self.valid_for,
            },
            (name, _) => Request::InviteDevice { name, valid_minutes: self.valid_for },
        }
    }
}
