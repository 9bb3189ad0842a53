//! `feltbog deposits`.

use clap::{Args, Subcommand};
use feltbog_bridge::Request;

/// Afleveret arbejde: det, kolleger skrev, da mappen ikke længere var åben for dem
///
/// English: handed-in work of colleagues that waits for a leader; `take` puts it into its case.
#[derive(Debug, Args)]
#[command(subcommand_help_heading = "Kommandoer", subcommand_value_name = "KOMMANDO", disable_help_subcommand = true)]
pub(super) struct Deposits {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    Take(Take),
}

/// Læg afleveret arbejde i sagen, under den, der skrev det
///
/// English: put handed-in work into its case, under the name of its writer.
#[derive(Debug, Args)]
struct Take {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    entry: Option<String>,
    /// Alt, der er afleveret
    #[arg(long, help_heading = "Valg")]
    all: bool,
}

impl Deposits {
    pub(super) fn into_request(self) -> Request {
        match self.act {
            None => Request::Deposits,
            // Without an entry it is all of them, which has to be said.
            Some(Act::Take(take)) => Request::TakeOver { entry: take.entry },
        }
    }
}
