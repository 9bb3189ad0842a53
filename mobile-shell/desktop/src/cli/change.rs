//! Changing an entry, and settling what two people wrote differently.

use clap::Args;
use feltbog_bridge::{EntryAct, EntryChanges, Request};

use super::entry_fields::{Course, Job, Next, said};

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
    #[command(flatten)]
    course: Course,
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
            minutes: self.course.minutes,
            place: self.course.place,
            employer: self.course.employer,
            unit: self.course.unit,
            contact_person: self.course.contact_person,
            outcome: self.course.outcome,
            face_to_face: said(self.course.face_to_face),
            client_specific: said(self.course.client_specific),
            purpose: self.course.purpose,
            job_title: self.job.job_title,
            job_type: self.job.job_type,
            hours_per_week: self.job.hours,
            permanent: said(self.job.permanent),
            fits_wish: said(self.course.fits_wish),
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
