//! `feltbog handover`.

use clap::Args;
use feltbog_bridge::Request;

/// Overdrag borgere til en kollega
///
/// English: hand cases over to a colleague; whoever gives them away loses them at the next exchange.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct HandOver {
    /// Navnet på den, der har borgerne
    #[arg(long, value_name = "NAVN")]
    from: String,
    /// Navnet på den, der får dem
    #[arg(long, value_name = "NAVN")]
    to: String,
    /// Sagens id eller nummer; alle, hvis intet er skrevet
    #[arg(long, value_name = "SAG")]
    case: Option<String>,
}

impl HandOver {
    pub(super) fn into_request(self) -> Request {
        Request::HandOver { from: self.from, to: self.to, case: self.case }
    }
}
