//! `feltbog cover`.

use clap::Args;
use feltbog_bridge::{CoverTyped, Request};

/// Lad en kollega dække, til og med en dag; adgangen ophører af sig selv
///
/// English: let a colleague stand in until a day; access ends by itself, and the cases stay whose they are.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Cover {
    /// Navnet på den, der er væk
    #[arg(long = "for", value_name = "NAVN")]
    absent: String,
    /// Navnet på den, der dækker
    #[arg(long, value_name = "NAVN")]
    by: String,
    /// Den sidste dag: dd-mm-åååå eller en ugedag
    #[arg(long, value_name = "DATO", required_unless_present = "end", conflicts_with = "end")]
    until: Option<String>,
    /// Sagens id eller nummer; alle, hvis intet er skrevet
    #[arg(long, value_name = "SAG")]
    case: Option<String>,
    /// Slut nu
    #[arg(long)]
    end: bool,
}

impl Cover {
    pub(super) fn into_request(self) -> Request {
        Request::Cover(CoverTyped {
            absent: self.absent,
            by: self.by,
            until: self.until,
            case: self.case,
            end: self.end,
        })
    }
}
