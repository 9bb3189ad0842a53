//! Who is around a citizen.

use clap::Args;
use feltbog_bridge::{AroundTyped, Request};

/// Skriv, hvem der er omkring borgeren
///
/// English: add somebody around a citizen (family, a mentor, a therapist outside Feltbog), or with --person change what is
/// known of them; who is around no more stays on the list. `show` lists them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Person {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// En, der står der i forvejen: navnet eller id'et
    #[arg(long, value_name = "PERSON", required_unless_present = "name")]
    person: Option<String>,
    /// Navnet
    #[arg(long, value_name = "NAVN")]
    name: Option<String>,
    /// Fx mor, mentor eller psykolog
    #[arg(long, value_name = "RELATION")]
    relation: Option<String>,
    /// Arbejdsstedet
    #[arg(long, value_name = "STED")]
    organisation: Option<String>,
    /// Telefonen
    #[arg(long, value_name = "NUMMER")]
    phone: Option<String>,
    /// E-mailen
    #[arg(long, value_name = "ADRESSE")]
    email: Option<String>,
    /// Sådan får man bedst fat i personen: sms, phone, mail eller letter
    #[arg(long, value_name = "HVORDAN")]
    contact_by: Option<String>,
    /// Andet, der er godt at vide
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    note: Option<String>,
    /// Er ikke længere omkring borgeren
    #[arg(long, conflicts_with = "back")]
    gone: bool,
    /// Er omkring borgeren igen
    #[arg(long)]
    back: bool,
}

impl Person {
    pub(super) fn into_request(self) -> Request {
        let changes = AroundTyped {
            name: self.name,
            relation: self.relation,
            organisation: self.organisation,
            phone: self.phone,
            email: self.email,
            contact_by: self.contact_by,
            note: self.note,
            around: (self.gone || self.back).then_some(self.back),
        };
        Request::ChangePerson { case: self.case, person: self.person, changes: Box::new(changes) }
    }
}
