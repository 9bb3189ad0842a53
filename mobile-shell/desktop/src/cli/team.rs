//! `feltbog team`.

use clap::Args;
use feltbog_bridge::Request;

/// Hvem der leder, hvem der træder til, og hvad der mangler
///
/// English: who holds the offices and keeps the shares, and what is missing to get over the loss of any of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Team {
    /// En af de tre, der hver har en del af gendannelsesnøglen; skrives tre gange
    #[arg(long, value_name = "NAVN")]
    share_holder: Vec<String>,
}

impl Team {
    pub(super) fn into_request(self) -> Request {
        if self.share_holder.is_empty() {
            Request::Team
        } else {
            Request::NameShareHolders { holders: self.share_holder }
        }
    }
}
