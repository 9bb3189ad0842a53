//! Changing an entry, and settling what two people wrote differently.

use clap::Args;
use feltbog_bridge::{EntryAct, EntryChanges, Request};

use super::entry_fields::{Job, Next, YES_NO, said};

/// Ret felterne i en registrering; det, andre rettede imens, bliver stående
///
/// English: change fields of an entry; an empty text takes a value away.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Change {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
    /// Hvad det var
    #[arg(long, value_name = "SLAGS")]
    kind: Option<String>,
    /// Hvornår det var
    #[arg(long, value_name = "TIDSPUNKT")]
    at: Option<String>,
    /// Hvor længe det varede
    #[arg(long, value_name = "MINUTTER")]
    minutes: Option<u32>,
    /// Virksomhedens CVR-nummer
    #[arg(long, value_name = "CVR")]
    employer: Option<String>,
    /// P-nummeret på en af virksomhedens enheder
    #[arg(long, value_name = "P-NUMMER")]
    unit: Option<String>,
    /// Hvem du talte med i virksomheden
    #[arg(long, value_name = "NAVN")]
    contact_person: Option<String>,
    /// Hvor det var
    #[arg(long, value_name = "STED")]
    place: Option<String>,
    /// Hvad det gav
    #[arg(long, value_name = "RESULTAT")]
    outcome: Option<String>,
    /// Om I mødtes ansigt til ansigt
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    face_to_face: Option<String>,
    /// Om kontakten handlede om borgeren
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    client_specific: Option<String>,
    /// Hvad kontakten skulle bruges til
    #[arg(long, value_name = "FORMÅL")]
    purpose: Option<String>,
    /// Om det passer til borgerens jobønske
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    fits_wish: Option<String>,
    #[command(flatten)]
    job: Job,
    #[command(flatten)]
    next: Next,
}

impl Change {
    pub(super) fn into_request(self) -> Request {
        let changes = EntryChanges {
            kind: self.kind,
            at: self.at,
            minutes: self.minutes,
            place: self.place,
            employer: self.employer,
            unit: self.unit,
            contact_person: self.contact_person,
            outcome: self.outcome,
            face_to_face: said(self.face_to_face),
            client_specific: said(self.client_specific),
            purpose: self.purpose,
            job_title: self.job.job_title,
            job_type: self.job.job_type,
            hours_per_week: self.job.hours,
            permanent: said(self.job.permanent),
            fits_wish: said(self.fits_wish),
            next_step: self.next.typed(),
        };
        let act = EntryAct::Change { heads: Vec::new(), changes: Box::new(changes) };
        Request::OnEntry { entry: self.entry, act }
    }
}

/// Vælg den rigtige af to værdier, som I har skrevet hver for sig
///
/// English: settle a field that two people wrote differently.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Settle {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
    /// Feltet, fx minutes
    #[arg(long, value_name = "FELT")]
    field: String,
    /// Værdien, som den blev vist
    #[arg(long, value_name = "VÆRDI", allow_hyphen_values = true)]
    value: String,
}

impl Settle {
    pub(super) fn into_request(self) -> Request {
        Request::OnEntry { entry: self.entry, act: EntryAct::Settle { field: self.field, value: self.value } }
    }
}
