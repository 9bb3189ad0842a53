//! The days to come.

use clap::Args;
use feltbog_bridge::{EntryAct, NextStepTyped, Request};

/// Aftaler og næste skridt
///
/// English: appointments and next steps, overdue ones first; --week the seven days of a week, --team everybody's; with --ics a calendar file that names nobody.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Agenda {
    /// Kun til og med en dag, fx fredag
    #[arg(long, value_name = "DAG")]
    until: Option<String>,
    /// Skriv en kalenderfil (iCalendar) uden navne
    #[arg(long)]
    ics: bool,
    /// Hele teamets, ikke kun dine egne
    #[arg(long, conflicts_with = "ics")]
    team: bool,
    /// En hel uge: en dag i den som åååå-mm-dd
    #[arg(long, value_name = "DAG", conflicts_with_all = ["ics", "until"])]
    week: Option<String>,
}

impl Agenda {
    pub(super) fn into_request(self) -> Request {
        match self.week {
            Some(day) => Request::Week { day, team: self.team },
            None if self.ics => Request::Calendar { until: self.until },
            None => Request::Agenda { until: self.until, team: self.team },
        }
    }
}

/// Skriv, hvad der blev af en aftale
///
/// English: say what became of an entry's next step: held, no_show, moved, dropped.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Step {
    /// Registreringens id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    entry: String,
    /// held, no_show, moved eller dropped
    #[arg(help_heading = "Hvad", value_name = "HVAD")]
    outcome: String,
    /// Dagen, den er flyttet til
    #[arg(long, value_name = "DAG")]
    to: Option<String>,
    /// Klokken hvad
    #[arg(long, value_name = "TID", requires = "to")]
    at: Option<String>,
}

impl Step {
    pub(super) fn into_request(self) -> Request {
        let to = NextStepTyped { text: None, on: self.to, time: self.at };
        Request::OnEntry { entry: self.entry, act: EntryAct::SettleStep { outcome: self.outcome, to } }
    }
}
