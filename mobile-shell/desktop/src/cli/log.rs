//! `feltbog log` and `feltbog note`.

use clap::Args;
use feltbog_bridge::{AlsoAbout, LogEntry, Request};

use super::entry_fields::{Course, Job, Next, said};
use super::typed_text::typed_text;
use crate::failure::Failure;

/// Registrér et besøg, en samtale eller andet arbejde
///
/// English: log one entry; it is saved on this computer when the answer comes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Log {
    /// Sagens id eller nummer, eller `-` for arbejde uden sag
    #[arg(help_heading = "Hvad", value_name = "SAG|-")]
    case: String,
    /// Hvad det var, fx employer_visit
    #[arg(help_heading = "Hvad", value_name = "SLAGS")]
    kind: String,
    /// Hvornår det var; nu, hvis intet er skrevet
    #[arg(long, value_name = "TIDSPUNKT")]
    at: Option<String>,
    /// Navnet på en virksomhed, som listen ikke kender endnu
    #[arg(long, value_name = "NAVN")]
    employer_name: Option<String>,
    /// Om virksomheden: det, hele holdet må læse; nævn ingen borger
    #[arg(long, value_name = "TEKST")]
    about_employer: Option<String>,
    #[command(flatten)]
    course: Course,
    #[command(flatten)]
    job: Job,
    #[command(flatten)]
    next: Next,
    /// En borger mere, som samme besøg handlede om; kan gentages
    #[arg(long = "also", value_name = "SAG")]
    also: Vec<String>,
    /// Notatet om den næste borger; et for hver `--also`, i samme rækkefølge
    #[arg(long = "also-note", value_name = "TEKST", allow_hyphen_values = true)]
    also_notes: Vec<String>,
    /// Notatet; `-` læser det fra standard input
    #[arg(long, value_name = "TEKST", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    note: String,
    /// Læg det, hvor begge sider kan se det; kræver borgerens samtykke
    #[arg(long)]
    shared: bool,
}

impl Log {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        if self.also_notes.len() > self.also.len() {
            return Err(Failure::NoteOfNobody);
        }
        let mut notes = self.also_notes.into_iter();
        let also =
            self.also.into_iter().map(|case| AlsoAbout { case, note: notes.next().unwrap_or_default() }).collect();
        Ok(Request::LogEntry(Box::new(LogEntry {
            also,
            about_employer: self.about_employer,
            client_specific: said(self.course.client_specific),
            purpose: self.course.purpose,
            fits_wish: said(self.course.fits_wish),
            job_title: self.job.job_title,
            job_type: self.job.job_type,
            hours_per_week: self.job.hours,
            permanent: said(self.job.permanent),
            next_step: self.next.typed().unwrap_or_default(),
            case: Some(self.case).filter(|case| case != "-"),
            kind: self.kind,
            at: self.at,
            minutes: self.course.minutes,
            employer: self.course.employer,
            unit: self.course.unit,
            employer_name: self.employer_name,
            contact_person: self.course.contact_person,
            place: self.course.place,
            outcome: self.course.outcome,
            face_to_face: said(self.course.face_to_face),
            note: typed_text(self.note)?,
            // Silence is not a no: some kinds are shared by habit where there is consent.
            shared: self.shared.then_some(true),
        })))
    }
}

/// Ret et notat; det, andre skrev imens, bliver stående
///
/// English: replace the note of an entry as an editor would; what others wrote meanwhile stays.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Note {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
    /// Hele notatet; `-` læser det fra standard input
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    text: String,
}

impl Note {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        Ok(Request::EditNote { entry: self.entry, text: typed_text(self.text)?, heads: Vec::new() })
    }
}
