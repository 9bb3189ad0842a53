//! `feltbog erase` and `feltbog erasures`.

use clap::{Args, Subcommand};
use feltbog_bridge::Request;

/// Slet en borger eller én registrering for altid: én foreslår, en administrator bekræfter
///
/// English: erase a case, or with --entry one entry and its addenda, for ever. A leader, deputy or records officer proposes with a reason; an administrator who is
/// somebody else confirms.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct EraseCommand {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG", required_unless_present_any = ["confirm", "entry"], conflicts_with = "confirm")]
    case: Option<String>,
    /// Kun denne registrering og dens tilføjelser; alt andet om borgeren bliver
    #[arg(long, value_name = "ID", conflicts_with = "confirm")]
    entry: Option<String>,
    /// Hvorfor: `retention_over`, `wrong_person`, `citizens_request`, `decision` eller `other`
    #[arg(long, value_name = "GRUND", required_unless_present = "confirm", conflicts_with = "confirm")]
    reason: Option<String>,
    /// Bekræft et forslag; nummeret står i `feltbog erasures`
    #[arg(long, value_name = "FORSLAG")]
    confirm: Option<String>,
}

impl EraseCommand {
    pub(super) fn into_request(self) -> Request {
        match self.confirm {
            Some(proposal) => Request::ConfirmErasure { proposal },
            None => Request::Erase { case: self.case, entry: self.entry, reason: self.reason.unwrap_or_default() },
        }
    }
}

/// Slettede borgere, og hvilke enheder der har sagt, at intet er tilbage
///
/// English: erasures with their certificates; `left` shows own entries of erased cases that were never sent.
#[derive(Debug, Args)]
#[command(subcommand_help_heading = "Kommandoer", subcommand_value_name = "KOMMANDO", disable_help_subcommand = true)]
pub(super) struct Erasures {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Det, du skrev om slettede borgere, og som aldrig blev sendt
    ///
    /// English: own entries of erased cases that never reached the server.
    Left,
    Discard(Discard),
}

/// Smid en registrering væk, som aldrig blev sendt
///
/// English: let an own entry of an erased case go.
#[derive(Debug, Args)]
struct Discard {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
}

impl Erasures {
    pub(super) fn into_request(self) -> Request {
        match self.act {
            None => Request::Erasures,
            Some(Act::Left) => Request::ErasedWork,
            Some(Act::Discard(discard)) => Request::DiscardErasedWork { entry: discard.entry },
        }
    }
}
