//! `feltbog consent`.

use clap::Args;
use feltbog_bridge::{ConsentTyped, Request};

/// Skriv borgerens samtykke ind, eller at det er trukket tilbage
///
/// English: record the citizen's consent, which opens the shared folder, or that it was withdrawn, which closes it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Consent {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Det, der må deles, adskilt af komma
    #[arg(long, value_name = "TYPE,..", value_delimiter = ',', required_unless_present = "withdraw")]
    types: Vec<String>,
    /// Hvem der giver oplysningerne
    #[arg(long, value_name = "ORGANISATION")]
    from: Option<String>,
    /// Hvem der får dem
    #[arg(long, value_name = "ORGANISATION")]
    to: Option<String>,
    /// Første dag; i dag, hvis intet er skrevet
    #[arg(long, value_name = "DATO")]
    since: Option<String>,
    /// Sidste dag; et år fra den første, hvis intet er skrevet
    #[arg(long, value_name = "DATO")]
    until: Option<String>,
    /// Samtykket er trukket tilbage; det, der er delt, kan stadig læses
    #[arg(long, conflicts_with_all = ["types", "from", "to", "since", "until"])]
    withdraw: bool,
}

impl Consent {
    pub(super) fn into_request(self) -> Request {
        if self.withdraw {
            return Request::WithdrawConsent { case: self.case };
        }
        Request::GiveConsent(ConsentTyped {
            case: self.case,
            types: spelled_out(self.types),
            from_organisation: self.from,
            to_organisation: self.to,
            from: self.since,
            until: self.until,
        })
    }
}

/// The types between the commas, without the spaces around them.
pub(super) fn spelled_out(types: Vec<String>) -> Vec<String> {
    types.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}
