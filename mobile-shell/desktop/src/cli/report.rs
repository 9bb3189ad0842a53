//! `feltbog report`.

use std::path::{Path, PathBuf};

use clap::Args;
use feltbog_bridge::{FidelityAsked, ProgrammeFile, ReportAsked, Request, StatusNoteAsked};

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
    /// Programmet; kan udelades, mens der kun er ét
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
    /// Hold programmet op mod dets egen fil: mål, hvad et år kostede, og hvad der ikke passer sammen i dens tekst. Uden navn den fil, programmet har (feltbog programme file); ellers en fil (med .toml eller en mappe i navnet; se core/reports/examples/program.toml), eller navnet på en, der følger med, fx ips-sydhavnen
    #[arg(long, value_name = "FIL", num_args = 0..=1, conflicts_with_all = ["measure", "from", "to", "csv"])]
    against: Option<Option<String>>,
    /// Skriv det, programmet er holdt op mod sin fil, som PDF, på en side til budgetnotatet
    #[arg(long, value_name = "PDF", requires = "against")]
    pdf: Option<PathBuf>,
    /// De tal, Overblik tegner: hvor langt de indskrevne er nået, møder pr. uge, ventetid, borgere pr. konsulent
    #[arg(long, conflicts_with_all = ["measure", "against", "fidelity", "server", "csv"])]
    charts: bool,
    /// De 25 punkter om modeltrofasthed, efter en gennemgangs fil (se core/reports/examples/gennemgang.toml); det, der kan tælles, tælles
    #[arg(long, value_name = "FIL", conflicts_with_all = ["measure", "from", "to", "at", "csv", "against"])]
    fidelity: Option<PathBuf>,
    /// Skriv tallene til regionen i en fil, som denne enhed skriver under: rundet ned til nærmeste 5, alt til og med et kvartal (sidste dag med --at; ellers det seneste, der er forbi)
    #[arg(long, value_name = "FIL", conflicts_with_all = ["measure", "from", "to", "csv", "against", "fidelity", "server", "charts"])]
    for_region: Option<PathBuf>,
    /// Som serveren tæller dem ud fra det, enhederne har fortalt den, ved siden af denne enheds egne tal
    #[arg(long, conflicts_with_all = ["against", "fidelity", "csv"])]
    server: bool,
    /// Skriv tallene, eller det, der ligger bag et af dem, til et regneark
    #[arg(long)]
    csv: bool,
}

impl Report {
    /// Where the PDF goes, or the region's file.
    pub(super) fn file(&self) -> Option<&Path> {
        self.pdf.as_deref().or(self.for_region.as_deref())
    }

    pub(super) fn into_request(self) -> Result<Request, Failure> {
        let Self { measure, programme, from, to, at, csv, against, pdf, charts, fidelity, for_region, server } = self;
        if for_region.is_some() {
            return Ok(Request::RegionFile { programme, at });
        }
        if let Some(review) = fidelity {
            let file = Some(std::fs::read_to_string(review).map_err(Failure::Unread)?);
            return Ok(Request::Fidelity(FidelityAsked { file, programme }));
        }
        if let Some(against) = against {
            let asked = StatusNoteAsked { file: against_file(against)?, programme, at };
            return Ok(if pdf.is_some() { Request::StatusNotePdf(asked) } else { Request::StatusNote(asked) });
        }
        let asked = ReportAsked { measure, programme, from, to, at };
        if charts {
            return Ok(Request::Charts(asked));
        }
        if server {
            return Ok(Request::ServerReport(asked));
        }
        Ok(if csv { Request::ReportCsv(asked) } else { Request::Report(asked) })
    }
}

fn against_file(named: Option<String>) -> Result<Option<ProgrammeFile>, Failure> {
    named.map(programme_file).transpose()
}

/// What holds a separator or ends as a file does is a file; anything else is the name of one that comes with Feltbog.
pub(super) fn programme_file(named: String) -> Result<ProgrammeFile, Failure> {
    if named.contains(std::path::is_separator) || named.ends_with(".toml") {
        std::fs::read_to_string(named).map(ProgrammeFile::Text).map_err(Failure::Unread)
    } else {
        Ok(ProgrammeFile::Shipped(named))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_and_a_name_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("eget");
        std::fs::write(&file, "name = \"Eget\"").unwrap();
        let named = |name: &str| programme_file(name.to_owned());
        assert!(matches!(named(file.to_str().unwrap()), Ok(ProgrammeFile::Text(text)) if text == "name = \"Eget\""));
        assert!(matches!(named("ips-sydhavnen"), Ok(ProgrammeFile::Shipped(name)) if name == "ips-sydhavnen"));
        for missing in ["ingen-fil.toml", "./ips-sydhavnen"] {
            assert!(matches!(named(missing), Err(Failure::Unread(_))), "{missing}");
        }
    }
}
