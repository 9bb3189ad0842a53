//! Employers: the register, the card before going in, and what may be said.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use feltbog_bridge::{EmployerAct, EmployerTyped, OpeningTyped, PersonTyped, Request, UnitTyped};

use super::entry_fields::{YES_NO, said};
use crate::failure::Failure;

/// Virksomhederne i programmet, sidst besøgt først
///
/// English: the programme's employers, most recently visited first; the register as a file, out and in.
#[derive(Debug, Args)]
#[command(
    next_help_heading = "Valg",
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "Kommandoer",
    subcommand_value_name = "KOMMANDO",
    disable_help_subcommand = true
)]
pub(super) struct Employers {
    /// Kun dem, hvor navn, branche, by, nummer, kontaktperson eller åbning passer
    #[arg(help_heading = "Hvad", value_name = "ORD")]
    words: Vec<String>,
    /// Kun dem, der har noget åbent i dag
    #[arg(long)]
    openings: bool,
    #[command(subcommand)]
    file: Option<RegisterFile>,
}

#[derive(Debug, Subcommand)]
enum RegisterFile {
    Export(ExportRegister),
    Import(ImportRegister),
}

/// Skriv virksomhedslisten i en ny fil til kommunens virksomhedsindgang; ingen borger står i den
///
/// English: the register as CSV for the municipality's own entrance for companies: companies, units, contact persons,
/// openings and counts of visits, and no citizen.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
struct ExportRegister {
    /// Filen; en, der findes, bliver aldrig overskrevet
    #[arg(long, value_name = "FIL")]
    to: PathBuf,
}

/// Læs virksomheder ind fra en fil af samme form; anden gang ændrer intet
///
/// English: read such a file in; a line changes what it has a value for, and a second run changes nothing.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
struct ImportRegister {
    /// Filen
    #[arg(help_heading = "Hvad", value_name = "FIL")]
    file: PathBuf,
    /// Sig kun, hvad der ville ske
    #[arg(long)]
    dry_run: bool,
}

impl Employers {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        Ok(match self.file {
            None => Request::Employers { words: self.words.join(" "), with_openings: self.openings },
            Some(RegisterFile::Export(_)) => Request::ExportEmployers,
            Some(RegisterFile::Import(import)) => {
                let bytes = std::fs::read(import.file).map_err(Failure::Unread)?;
                // A line that is not UTF-8 is refused by itself, with what to do about it.
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Request::ImportEmployers { text, dry_run: import.dry_run }
            }
        })
    }

    /// Where the register is written.
    pub(super) fn to(&self) -> Option<&Path> {
        match &self.file {
            Some(RegisterFile::Export(export)) => Some(&export.to),
            _ => None,
        }
    }
}

/// Ret i virksomhedslisten: hvem der er der, hvad de søger, hvor de er, og hvem der er den samme
///
/// English: write in the register of employers: the company, who works there, what it looks for, its units, and which are one.
#[derive(Debug, Subcommand)]
#[command(subcommand_help_heading = "Kommandoer", subcommand_value_name = "KOMMANDO", disable_help_subcommand = true)]
pub(super) enum EmployerCommand {
    Change(ChangeEmployer),
    Person(Person),
    Opening(Opening),
    Unit(Unit),
    /// De to er den samme virksomhed: alt vises sammen, og det strengeste om, hvad der må siges, gælder
    ///
    /// English: both are one company; everything is shown together, and of what may be said the strictest counts.
    Merge {
        /// CVR-nummeret på den, der står dobbelt
        #[arg(help_heading = "Hvad", value_name = "CVR")]
        employer: String,
        /// CVR-nummeret på den, der bliver stående
        #[arg(long, value_name = "CVR", help_heading = "Valg")]
        into: String,
    },
    /// De to er alligevel ikke den samme
    ///
    /// English: take a merge back.
    Unmerge {
        /// CVR-nummeret på den, der blev slået sammen med en anden
        #[arg(help_heading = "Hvad", value_name = "CVR")]
        employer: String,
    },
    /// De to ligner hinanden, men er ikke den samme: der bliver ikke spurgt igen
    ///
    /// English: two that look alike are two; nobody is asked about them again.
    Part {
        /// CVR-nummeret på den ene
        #[arg(help_heading = "Hvad", value_name = "CVR")]
        employer: String,
        /// CVR-nummeret på den anden
        #[arg(long, value_name = "CVR", help_heading = "Valg")]
        from: String,
    },
    /// Spørg igen, om de to er den samme
    ///
    /// English: ask again whether the two are one.
    CompareAgain {
        /// CVR-nummeret på den ene
        #[arg(help_heading = "Hvad", value_name = "CVR")]
        employer: String,
        /// CVR-nummeret på den anden
        #[arg(long, value_name = "CVR", help_heading = "Valg")]
        with: String,
    },
}

/// Skriv en virksomhed ind, eller ret den
///
/// English: put an employer into the register, or put right what it says; an empty text takes a value away.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct ChangeEmployer {
    /// Virksomhedens CVR-nummer
    #[arg(help_heading = "Hvad", value_name = "CVR")]
    employer: String,
    /// Navnet
    #[arg(long, value_name = "NAVN")]
    name: Option<String>,
    /// Branchen
    #[arg(long, value_name = "BRANCHE")]
    trade: Option<String>,
    #[command(flatten)]
    place: Place,
    /// Om nogen har slået den op i CVR
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    verified: Option<String>,
}

/// Where something lies.
#[derive(Debug, Args)]
struct Place {
    /// Vej og nummer
    #[arg(long, value_name = "ADRESSE")]
    address: Option<String>,
    /// Postnummeret
    #[arg(long, value_name = "POSTNR")]
    postcode: Option<String>,
    /// Byen
    #[arg(long, value_name = "BY")]
    town: Option<String>,
}

/// Skriv en kontaktperson ind, eller ret hende
///
/// English: note who works for an employer, or put it right; whoever left is marked and stays.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Person {
    /// Virksomhedens CVR-nummer
    #[arg(help_heading = "Hvad", value_name = "CVR")]
    employer: String,
    /// Id'et på en, der står der allerede
    #[arg(long, value_name = "ID")]
    person: Option<String>,
    /// Navnet
    #[arg(long, value_name = "NAVN")]
    name: Option<String>,
    /// Hvad personen laver der
    #[arg(long, value_name = "FUNKTION")]
    function: Option<String>,
    /// Telefonnummeret
    #[arg(long, value_name = "NUMMER", allow_hyphen_values = true)]
    phone: Option<String>,
    /// E-mailen
    #[arg(long, value_name = "E-MAIL")]
    mail: Option<String>,
    /// Hvordan personen helst vil kontaktes: phone, sms eller mail
    #[arg(long, value_name = "phone|sms|mail")]
    prefers: Option<String>,
    /// Om det er den, du skal spørge efter
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    in_charge: Option<String>,
    /// Om personen er holdt op
    #[arg(long, value_name = "yes|no", value_parser = YES_NO, hide_possible_values = true)]
    left: Option<String>,
}

/// Skriv ind, hvad virksomheden søger, eller ret det
///
/// English: note what an employer looks for, or what became of it: open, filled, gone.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Opening {
    /// Virksomhedens CVR-nummer
    #[arg(help_heading = "Hvad", value_name = "CVR")]
    employer: String,
    /// Id'et på en åbning, der står der allerede
    #[arg(long, value_name = "ID")]
    opening: Option<String>,
    /// Hvad de søger
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    text: Option<String>,
    /// Timer om ugen
    #[arg(long, value_name = "TIMER")]
    hours: Option<u32>,
    /// Ansættelsens slags, fx competitive eller småjob
    #[arg(long, value_name = "SLAGS")]
    job_type: Option<String>,
    /// Første dag
    #[arg(long, value_name = "DAG")]
    from: Option<String>,
    /// Sidste dag; derefter er den ikke åben
    #[arg(long, value_name = "DAG")]
    until: Option<String>,
    /// Hvad der blev af den: open, filled eller gone
    #[arg(long, value_name = "open|filled|gone")]
    state: Option<String>,
}

/// Skriv en produktionsenhed ind, eller ret den
///
/// English: note one of an employer's production units by its P-number, or put it right.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Unit {
    /// Virksomhedens CVR-nummer
    #[arg(help_heading = "Hvad", value_name = "CVR")]
    employer: String,
    /// Enhedens P-nummer
    #[arg(help_heading = "Hvad", value_name = "P-NUMMER")]
    number: String,
    /// Enhedens navn
    #[arg(long, value_name = "NAVN")]
    name: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl EmployerCommand {
    pub(super) fn into_request(self) -> Request {
        let (employer, act) = match self {
            EmployerCommand::Change(change) => {
                let typed = EmployerTyped {
                    name: change.name,
                    trade: change.trade,
                    address: change.place.address,
                    postcode: change.place.postcode,
                    town: change.place.town,
                    verified: said(change.verified),
                };
                (change.employer, EmployerAct::Change(typed))
            }
            EmployerCommand::Person(person) => {
                let typed = PersonTyped {
                    person: person.person,
                    name: person.name,
                    function: person.function,
                    phone: person.phone,
                    mail: person.mail,
                    prefers: person.prefers,
                    in_charge: said(person.in_charge),
                    left: said(person.left),
                };
                (person.employer, EmployerAct::Person(typed))
            }
            EmployerCommand::Opening(opening) => {
                let typed = OpeningTyped {
                    opening: opening.opening,
                    text: opening.text,
                    hours_per_week: opening.hours,
                    job_type: opening.job_type,
                    from: opening.from,
                    until: opening.until,
                    state: opening.state,
                };
                (opening.employer, EmployerAct::Opening(typed))
            }
            EmployerCommand::Unit(unit) => {
                let typed = UnitTyped {
                    number: unit.number,
                    name: unit.name,
                    address: unit.place.address,
                    postcode: unit.place.postcode,
                    town: unit.place.town,
                };
                (unit.employer, EmployerAct::Unit(typed))
            }
            EmployerCommand::Merge { employer, into } => (employer, EmployerAct::Merge { into }),
            EmployerCommand::Unmerge { employer } => (employer, EmployerAct::Unmerge),
            EmployerCommand::Part { employer, from } => (employer, EmployerAct::Part { from }),
            EmployerCommand::CompareAgain { employer, with } => (employer, EmployerAct::CompareAgain { with }),
        };
        Request::OnEmployer { employer, act }
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
