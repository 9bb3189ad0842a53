//! What is taken out as a file.

use std::path::PathBuf;

use clap::Args;
use feltbog_bridge::Request;

const FORMATS: [&str; 3] = ["pdf", "text", "json"];

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
    /// Til papir (pdf), til skærmen (text) eller til programmer (json); uden valget siger filens endelse det
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS)]
    format: Option<String>,
}

impl Export {
    pub(super) fn into_request(self) -> Request {
        let ending = self.to.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        let by_ending = FORMATS.into_iter().find(|format| *format == ending).unwrap_or("text");
        let format = self.format.unwrap_or_else(|| by_ending.to_owned());
        Request::ExportCase { case: self.case, format }
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
