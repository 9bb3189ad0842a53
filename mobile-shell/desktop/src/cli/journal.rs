//! The journal, mistakes and what is added afterwards.

use clap::Args;
use feltbog_bridge::{EntryAct, Request};

use super::typed_text::typed_text;
use crate::failure::Failure;

/// Hvad der mangler i journalen, teksten til fagsystemet, eller markér som journaliseret
///
/// English: without an entry, lists what is missing in the journal; with one, shows date, theme and text to copy, or with
/// `--number` marks it as journalised.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Journal {
    /// Registreringens id; uden den vises, hvad der mangler
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: Option<String>,
    /// Nummeret i kommunens fagsystem
    #[arg(long, value_name = "NUMMER", requires = "entry", conflicts_with_all = ["left_out", "put_back"])]
    number: Option<String>,
    /// Den skal ikke i journalen
    #[arg(long, requires = "entry", conflicts_with = "put_back")]
    left_out: bool,
    /// Den skal i journalen alligevel
    #[arg(long, requires = "entry")]
    put_back: bool,
}

impl Journal {
    pub(super) fn into_request(self) -> Request {
        let Some(entry) = self.entry else { return Request::MissingInJournal };
        let act = match self.number {
            Some(number) => EntryAct::Journal { number },
            None if self.left_out || self.put_back => EntryAct::LeaveOut { left_out: self.left_out },
            None => return Request::JournalText { entry },
        };
        Request::OnEntry { entry, act }
    }
}

/// Markér en registrering som fejlregistreret; den bliver stående og tæller ikke
///
/// English: mark an entry as written by mistake; it stays readable and counts for nothing.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Mistaken {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
    /// Hvad der er forkert
    #[arg(long, value_name = "TEKST", required_unless_present = "undo")]
    reason: Option<String>,
    /// Den var rigtig alligevel
    #[arg(long, conflicts_with = "reason")]
    undo: bool,
}

impl Mistaken {
    pub(super) fn into_request(self) -> Request {
        let act = match self.reason {
            Some(reason) => EntryAct::Mistaken { reason },
            None => EntryAct::NotMistaken,
        };
        Request::OnEntry { entry: self.entry, act }
    }
}

/// Skriv en tilføjelse til en registrering, også en journaliseret
///
/// English: write an addendum beside an entry; how a journalised one is corrected.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Addendum {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
    /// Tilføjelsen; `-` læser den fra standard input
    #[arg(long, value_name = "TEKST", allow_hyphen_values = true)]
    text: String,
}

impl Addendum {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        Ok(Request::OnEntry { entry: self.entry, act: EntryAct::Addendum { text: typed_text(self.text)? } })
    }
}

/// Notatet er læst sammen med borgeren nu
///
/// English: the note was read together with the citizen now.
#[derive(Debug, Args)]
pub(super) struct ReadTogether {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
}

impl ReadTogether {
    pub(super) fn into_request(self) -> Request {
        Request::OnEntry { entry: self.entry, act: EntryAct::ReadTogether }
    }
}
