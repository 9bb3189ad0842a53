//! What is taken out as a file.

use std::path::PathBuf;

use clap::Args;
use feltbog_bridge::Request;

/// Alt, denne enhed må se om en borger, som en fil til en aktindsigt
///
/// English: everything this device may see of one citizen, as a file for an access request; what names others is listed
/// first. That it was taken out stands in the read log.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Export {
    /// Sagens id eller nummer
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
    /// Filen; en, der findes, bliver aldrig overskrevet
    #[arg(long, value_name = "FIL")]
    pub(super) to: PathBuf,
    /// Til mennesker eller til programmer
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    format: String,
}

impl Export {
    pub(super) fn into_request(self) -> Request {
        Request::ExportCase { case: self.case, format: self.format }
    }
}

/// Dine borgere, og hvad der kræver handling
///
/// English: the caseload this device may see, and what needs action; with --csv as a file for a spreadsheet.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Cases {
    /// Skriv listen som CSV i en ny fil
    #[arg(long, value_name = "FIL")]
    pub(super) csv: Option<PathBuf>,
}

impl Cases {
    pub(super) fn into_request(self) -> Request {
        if self.csv.is_some() { Request::ExportCaseload } else { Request::Cases }
    }
}
