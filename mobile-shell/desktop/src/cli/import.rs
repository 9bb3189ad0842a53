//! `feltbog import`.

use std::path::PathBuf;

use clap::Args;
use feltbog_bridge::Request;

use crate::failure::Failure;

/// Læs et programs CSV-filer ind; anden gang ændrer intet
///
/// English: read the CSV files of a programme; a second run changes nothing. With --errors the lines that were refused are
/// written as files of the same names in a new folder, with what is wrong: put them right, and import that folder.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Import {
    /// Mappen med filerne
    #[arg(help_heading = "Hvad", value_name = "MAPPE")]
    folder: PathBuf,
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, value_name = "PROGRAM")]
    programme: Option<String>,
    /// Sig kun, hvad der ville ske
    #[arg(long)]
    dry_run: bool,
    /// Skriv de linjer, der ikke kan læses ind, i en ny mappe: ret dem, og læs den mappe ind
    #[arg(long, value_name = "MAPPE")]
    pub(super) errors: Option<PathBuf>,
}

impl Import {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        let refused = |why: String| Failure::Folder(why);
        // Whole, because the host that may read it stands in another folder.
        let folder = std::path::absolute(&self.folder).map_err(|error| refused(error.to_string()))?;
        let folder = folder.into_os_string().into_string().map_err(|_| refused("navnet er ikke tekst".to_owned()))?;
        let errors = self.errors.is_some();
        Ok(Request::Import { folder, programme: self.programme, dry_run: self.dry_run, errors })
    }
}
