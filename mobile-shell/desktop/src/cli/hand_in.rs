//! `feltbog hand-in`.

use std::process::ExitCode;

use clap::Args;
use feltbog_bridge::{Reply, Request, hand_in_unsent};

use super::place::Place;
use crate::failure::Failure;
use crate::output::{Output, answer};

/// Aflevér det usendte til lederen uden adgangssætning, når den er glemt
///
/// English: hand in unsent work to the leader without the passphrase, when it is forgotten. Nothing is lost or doubled if
/// the passphrase is remembered later.
#[derive(Debug, Args)]
pub(super) struct HandIn {}

impl HandIn {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let done = hand_in_unsent(&place.home()?).await?;
        let code = if done.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        answer(&Request::HandIn, &Reply::UnsentHandedIn(done), false, output);
        Ok(code)
    }
}
