//! `feltbog survey`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::report::programme_file;
use crate::failure::Failure;
use crate::output::{Output, survey};

/// Tæl en spørgeskemaundersøgelse blandt jobcentre: svar for sig og anden viden for sig
///
/// English: counts a survey among units from a file of answers (tests/fixtures/star-survey/svar.csv shows its columns): what they
/// answered, and what is known from elsewhere, never mixed. Needs no device and no network.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Survey {
    /// Svarene, én linje for hver enhed, med semikolon
    #[arg(help_heading = "Hvad", value_name = "FIL")]
    file: PathBuf,
    /// Hold den op mod det, kilden siger: en fil (med .toml eller en mappe i navnet), eller en, der følger med, fx star-survey
    #[arg(long, value_name = "FIL")]
    against: Option<String>,
    /// Skriv enhederne som regneark, med det, der er kommet ud af hver; det kan læses ind igen
    #[arg(long)]
    csv: bool,
}

impl Survey {
    pub(super) fn run(self, output: &mut Output) -> Result<ExitCode, Failure> {
        let bytes = std::fs::read(self.file).map_err(Failure::Unread)?;
        let against = self.against.map(programme_file).transpose()?;
        let page = feltbog_bridge::survey(&String::from_utf8_lossy(&bytes), against.as_ref())?;
        if self.csv {
            survey::sheet(&page, output);
        } else {
            survey::show(&page, output);
        }
        Ok(if page.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
