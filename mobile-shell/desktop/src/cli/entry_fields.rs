//! Options that an entry is logged and changed with alike.

use clap::Args;
use feltbog_bridge::NextStepTyped;

/// What a question that is answered with yes or no takes.
pub(super) const YES_NO: [&str; 4] = ["yes", "no", "ja", "nej"];

/// The answer.
pub(super) fn said(answer: Option<String>) -> Option<bool> {
    answer.map(|word| word == "yes" || word == "ja")
}

/// How it went: where, with whom, for how long.
#[derive(Debug, Args)]
#[command(next_help_heading = "Hvordan det gik")]
pub(super) struct Course {
    /// Hvor længe det varede
    #[arg(long, value_name = "MINUTTER")]
    pub(super) minutes: Option<u32>,
    /// Virksomhedens CVR-nummer
    #[arg(long, value_name = "CVR")]
    pub(super) employer: Option<String>,
    /// P-nummeret på en af virksomhedens enheder
    #[arg(long, value_name = "P-NUMMER")]
    pub(super) unit: Option<String>,
    /// Hvem du talte med i virksomheden
    #[arg(long, value_name = "NAVN")]
    pub(super) contact_person: Option<String>,
    /// Hvor det var
    #[arg(long, value_name = "STED")]
    pub(super) place: Option<String>,
    /// Hvad det gav
    #[arg(long, value_name = "RESULTAT")]
    pub(super) outcome: Option<String>,
    /// Om I mødtes ansigt til ansigt
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    pub(super) face_to_face: Option<String>,
    /// Om kontakten handlede om borgeren
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    pub(super) client_specific: Option<String>,
    /// Hvad kontakten skulle bruges til
    #[arg(long, value_name = "FORMÅL")]
    pub(super) purpose: Option<String>,
    /// Om det passer til borgerens jobønske
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    pub(super) fits_wish: Option<String>,
}

/// The job or education it is about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Job eller uddannelse")]
pub(super) struct Job {
    /// Stilling eller uddannelse
    #[arg(long, value_name = "STILLING")]
    pub(super) job_title: Option<String>,
    /// Ansættelsens slags, fx competitive eller småjob
    #[arg(long, value_name = "SLAGS")]
    pub(super) job_type: Option<String>,
    /// Timer om ugen
    #[arg(long, value_name = "TIMER")]
    pub(super) hours: Option<u32>,
    /// Om det er et fast job
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    pub(super) permanent: Option<String>,
}

/// What happens next.
#[derive(Debug, Args)]
#[command(next_help_heading = "Næste skridt")]
pub(super) struct Next {
    /// Hvad der skal ske
    #[arg(long = "next", value_name = "TEKST")]
    text: Option<String>,
    /// Hvilken dag, fx fredag, om en uge eller 12-03-2026
    #[arg(long = "next-on", value_name = "DAG")]
    on: Option<String>,
    /// Klokken hvad
    #[arg(long = "next-at", value_name = "TID")]
    time: Option<String>,
}

impl Next {
    /// What was typed, if anything was.
    pub(super) fn typed(self) -> Option<NextStepTyped> {
        let any = self.text.is_some() || self.on.is_some() || self.time.is_some();
        any.then_some(NextStepTyped { text: self.text, on: self.on, time: self.time })
    }
}
