//! `feltbog report`.

use std::path::{Path, PathBuf};

use clap::Args;
use feltbog_bridge::{FidelityAsked, ReportAsked, Request, StatusNoteAsked};

use crate::failure::Failure;

/// Programmets tal: et mål ved navn, eller alle
///
/// English: the programme's figures, each with its definition and what is behind it; one by name, or all of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Report {
    /// Målets navn, fx point_prevalence; uden navn vises alle
    #[arg(help_heading = "Hvad", value_name = "MÅL")]
    measure: Option<String>,
    /// Programmet; kan udelades, mens der kun er et
    #[arg(long, value_name = "NAVN")]
    programme: Option<String>,
    /// Periodens første dag
    #[arg(long, value_name = "DATO")]
    from: Option<String>,
    /// Periodens sidste dag
    #[arg(long, value_name = "DATO")]
    to: Option<String>,
    /// Den dag, tallet gælder for; i dag, hvis intet er skrevet
    #[arg(long, value_name = "DATO")]
    at: Option<String>,
    /// Hold programmet op mod sin egen fil: mål, hvad et år kostede, og hvad der ikke passer sammen i dens tekst. En fil, eller navnet på en, der følger med
    #[arg(long, value_name = "FIL", conflicts_with_all = ["measure", "from", "to", "csv"])]
    against: Option<String>,
    /// De 25 punkter om modeltrofasthed, efter en gennemgangs fil; det, der kan tælles, tælles
    #[arg(long, value_name = "FIL", conflicts_with_all = ["measure", "from", "to", "at", "csv", "against"])]
    fidelity: Option<PathBuf>,
    /// Skriv tallene, eller det, der ligger bag et af dem, til et regneark
    #[arg(long)]
    csv: bool,
}

impl Report {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        let Self { measure, programme, from, to, at, csv, against, fidelity } = self;
        if let Some(review) = fidelity {
            let file = std::fs::read_to_string(review).map_err(Failure::Unread)?;
            return Ok(Request::Fidelity(FidelityAsked { file, programme }));
        }
        if let Some(against) = against {
            return Ok(Request::StatusNote(StatusNoteAsked { file: text_of(against)?, programme, at }));
        }
        let asked = ReportAsked { measure, programme, from, to, at };
        Ok(if csv { Request::ReportCsv(asked) } else { Request::Report(asked) })
    }
}

/// What stands in the file; what is no file is a name.
fn text_of(named: String) -> Result<String, Failure> {
    let path = Path::new(&named);
    if path.is_file() { std::fs::read_to_string(path).map_err(Failure::Unread) } else { Ok(named) }
}
