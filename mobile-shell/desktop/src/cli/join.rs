//! `feltbog join`.

use std::process::ExitCode;

use clap::Args;
use feltbog_bridge::{Guard, Joining, Session};
use serde_json::json;

use super::login;
use super::place::Place;
use super::typed_text::typed_text;
use crate::failure::Failure;
use crate::output::Output;

/// Gør computeren til en ny enhed med en invitation
///
/// English: make this a new device, with an invitation. Where a municipality is here already, `--municipality NAME` says what to
/// call the new one beside it; the two stay apart.
#[derive(Debug, Args)]
pub(super) struct Join {
    /// Invitationen, `feltbog:..`; `-` læser den fra standard input
    #[arg(help_heading = "Hvad", value_name = "INVITATION", allow_hyphen_values = true)]
    invitation: String,
    /// En anden adresse på den samme server, fx bag kommunens egen proxy
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Åbn også browseren, hvis kommunen vil have, at du logger ind
    #[arg(long)]
    browser: bool,
}

impl Join {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let invitation = typed_text(self.invitation)?;
        let passphrase = place.chosen_passphrase()?;
        let home = place.room()?;
        let join = async |login| {
            let server = self.server.as_deref();
            Session::join(&home, Guard::Passphrase(passphrase.bytes()), invitation.trim(), server, login).await
        };
        let joining = match join(None).await? {
            Joining::LoginFirst(first) => {
                let login = login::before_joining(first, &home, self.browser, output).await?;
                join(Some(login)).await?
            }
            joining => joining,
        };
        // A server that was shown a login takes it or says what is wrong with it; it does not ask again.
        let Joining::In(_session, joined) = joining else { return Err(Failure::LoginTooLate) };
        output.say(
            || {
                json!({
                    "name": joined.name, "role": joined.role, "member": joined.member, "device": joined.device,
                })
            },
            || {
                format!(
                    "Velkommen, {}. Computeren er nu en af dine enheder.\nHent dine borgere med `feltbog sync`.\n",
                    joined.name
                )
            },
        );
        Ok(ExitCode::SUCCESS)
    }
}
