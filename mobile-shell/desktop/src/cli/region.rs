//! `feltbog region`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::failure::Failure;
use crate::output::{Output, region};

/// Regionens tabel: kommunernes filer (feltbog report --for-region) ved siden af hinanden og lagt sammen
///
/// English: adds up the files of a region's municipalities. Needs no device and no network. Each file must be signed under a root
/// that stands in the list; a municipality gives the fingerprint of its root by hand. See core/reports/examples/kommuner.toml.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Region {
    /// Kommunernes filer
    #[arg(required = true, help_heading = "Hvad", value_name = "FIL")]
    files: Vec<PathBuf>,
    /// Listen over kommuner og deres fingeraftryk
    #[arg(long, value_name = "LISTE")]
    municipalities: PathBuf,
    /// Kvartalets sidste dag; det nyeste kvartal i filerne, hvis intet er skrevet
    #[arg(long, value_name = "DATO")]
    at: Option<String>,
}

impl Region {
    pub(super) fn run(self, output: &mut Output) -> Result<ExitCode, Failure> {
        let list = std::fs::read_to_string(self.municipalities).map_err(Failure::Unread)?;
        let read = |file: PathBuf| {
            let bytes = std::fs::read(&file).map_err(Failure::Unread)?;
            Ok((file.display().to_string(), String::from_utf8(bytes).ok()))
        };
        let files: Result<Vec<_>, Failure> = self.files.into_iter().map(read).collect();
        let page = feltbog_bridge::region(files?, &list, self.at.as_deref())?;
        region::show(&page, output);
        Ok(if page.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
