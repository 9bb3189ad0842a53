//! Employers: the register, the card before going in, and what may be said.

use clap::Args;
use feltbog_bridge::Request;

/// Virksomhederne i programmet, sidst besøgt først
///
/// English: the programme's employers, most recently visited first.
#[derive(Debug, Args)]
pub(super) struct Employers {
    /// Kun dem, hvor navn, branche, by eller CVR-nummer passer
    #[arg(help_heading = "Hvad", value_name = "ORD")]
    words: Vec<String>,
}

impl Employers {
    pub(super) fn into_request(self) -> Request {
        Request::Employers { words: self.words.join(" ") }
    }
}

/// Ved døren: hvem du skal spørge efter, hvem der var her sidst, og hvad der må siges
///
/// English: the card before going in: whom to ask for, who was here last, what may be said.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Door {
    /// Virksomhedens CVR-nummer
    #[arg(help_heading = "Hvad", value_name = "CVR")]
    employer: String,
    /// Borgeren, det handler om
    #[arg(long, value_name = "SAG")]
    case: Option<String>,
}

impl Door {
    pub(super) fn into_request(self) -> Request {
        Request::AtTheDoor { employer: self.employer, case: self.case }
    }
}

/// Skriv ind, hvad borgeren har aftalt må siges til en virksomhed
///
/// English: what a citizen agreed may be said to one employer: none, agreed, all.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Disclose {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Hvor meget: none, agreed eller all
    #[arg(help_heading = "Hvad", value_name = "none|agreed|all")]
    decision: String,
    /// Virksomhedens CVR-nummer
    #[arg(long, value_name = "CVR")]
    employer: String,
    /// Må siges, med borgerens ord
    #[arg(long, value_name = "TEKST")]
    may_say: Option<String>,
    /// Må ikke siges
    #[arg(long, value_name = "TEKST")]
    may_not_say: Option<String>,
}

impl Disclose {
    pub(super) fn into_request(self) -> Request {
        Request::Disclose {
            case: self.case,
            employer: self.employer,
            decision: self.decision,
            may_say: self.may_say,
            may_not_say: self.may_not_say,
        }
    }
}
