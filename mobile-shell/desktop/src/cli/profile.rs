//! A citizen's own facts.

use clap::Args;
use feltbog_bridge::{ProfileTyped, Request};

/// Ret borgerens oplysninger
///
/// English: change what is known of a citizen; an empty text takes a value away, and a wish that is replaced stays in the
/// history.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Profile {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    #[command(flatten)]
    facts: Facts,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Facts {
    /// Det, borgeren gerne vil arbejde med
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    wish: Option<String>,
    /// Det, der er aftalt at gøre
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    plan: Option<String>,
    /// Det, borgeren er god til
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    strengths: Option<String>,
    /// Det, der skal til for at få og beholde et job
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    support: Option<String>,
    /// Borgerens telefon
    #[arg(long, value_name = "NUMMER")]
    phone: Option<String>,
    /// Sådan vil borgeren helst kontaktes: sms, phone, mail eller letter
    #[arg(long, value_name = "HVORDAN")]
    contact_by: Option<String>,
    /// Behandleren
    #[arg(long, value_name = "NAVN")]
    therapist: Option<String>,
    /// Behandlingsstedet
    #[arg(long, value_name = "STED")]
    site: Option<String>,
    /// Ydelsen, blandt dem der gælder i dag
    #[arg(long, value_name = "YDELSE")]
    benefit: Option<String>,
    /// Målgruppen, blandt dem der gælder i dag
    #[arg(long, value_name = "GRUPPE")]
    target_group: Option<String>,
}

impl Profile {
    pub(super) fn into_request(self) -> Request {
        let facts = self.facts;
        let changes = ProfileTyped {
            job_wish: facts.wish,
            plan: facts.plan,
            strengths: facts.strengths,
            support: facts.support,
            phone: facts.phone,
            contact_by: facts.contact_by,
            therapist: facts.therapist,
            treatment_site: facts.site,
            benefit: facts.benefit,
            target_group: facts.target_group,
        };
        Request::ChangeProfile { case: self.case, changes: Box::new(changes) }
    }
}
