//! `feltbog case` and `feltbog assign`.

use clap::{Args, Subcommand};
use feltbog_bridge::{NewCase, Request};

use super::consent::spelled_out;

/// Sager
///
/// English: cases.
#[derive(Debug, Subcommand)]
#[command(subcommand_help_heading = "Kommandoer", subcommand_value_name = "KOMMANDO", disable_help_subcommand = true)]
pub(super) enum CaseCommand {
    New(New),
    Close(Close),
    /// Åbn en afsluttet sag igen
    ///
    /// English: open a closed case again.
    Reopen(Reopen),
    Aftercare(Aftercare),
}

/// Opret en sag
///
/// English: make a new case.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct New {
    /// Sagens nummer
    #[arg(long, value_name = "NUMMER")]
    number: String,
    /// Borgerens navn
    #[arg(long, value_name = "NAVN")]
    name: String,
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, value_name = "PROGRAM")]
    programme: Option<String>,
    /// Første dag; i dag, hvis intet er skrevet
    #[arg(long, value_name = "DATO")]
    enrolled: Option<String>,
    /// Det, borgeren gerne vil arbejde med
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    job_wish: Option<String>,
    /// Det, borgeren har sagt ja til at dele, adskilt af komma
    #[arg(long, value_name = "TYPE,..", value_delimiter = ',')]
    consent_types: Vec<String>,
    /// Samtykkets sidste dag; et år fra i dag, hvis intet er skrevet
    #[arg(long, value_name = "DATO", requires = "consent_types")]
    consent_until: Option<String>,
}

impl New {
    pub(super) fn into_request(self) -> Request {
        Request::NewCase(NewCase {
            number: self.number,
            name: self.name,
            programme: self.programme,
            enrolled_on: self.enrolled,
            job_wish: self.job_wish,
            consent_types: spelled_out(self.consent_types),
            consent_until: self.consent_until,
        })
    }
}

/// Afslut en sag
///
/// English: end a case today, for a reason: goal_reached (in job or education and in no need of support), wishes_to_stop,
/// moved, transferred, died, or words of your own. What is written afterwards still goes into it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Close {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Hvorfor forløbet slutter: goal_reached (i mål), wishes_to_stop, moved, transferred, died eller egne ord
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    reason: String,
}

impl Close {
    pub(super) fn into_request(self) -> Request {
        Request::CloseCase { case: self.case, reason: self.reason }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Reopen {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
}

impl Reopen {
    pub(super) fn into_request(self) -> Request {
        Request::ReopenCase { case: self.case }
    }
}

/// Efterværn fra i dag
///
/// English: support goes on after the goal, from today, or ends.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Aftercare {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Efterværnet er slut
    #[arg(long)]
    end: bool,
}

impl Aftercare {
    pub(super) fn into_request(self) -> Request {
        Request::Aftercare { case: self.case, end: self.end }
    }
}

/// Sæt en medarbejder på en sag
///
/// English: put a member to work on a case; the treatment side only where there is consent.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Assign {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Medarbejderens navn
    #[arg(long, value_name = "NAVN")]
    member: String,
    /// Som hvad
    #[arg(long = "as", value_name = "ROLLE", value_parser = ["consultant", "treatment", "outreach"])]
    role: String,
}

impl Assign {
    pub(super) fn into_request(self) -> Request {
        Request::Assign { case: self.case, member: self.member, role: self.role }
    }
}
