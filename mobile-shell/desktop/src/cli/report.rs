//! `feltbog report`.

use clap::Args;
use feltbog_bridge::{ReportAsked, Request};

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
    /// Skriv tallene, eller det, der ligger bag et af dem, til et regneark
    #[arg(long)]
    csv: bool,
}

impl Report {
    pub(super) fn into_request(self) -> Request {
        let Self { measure, programme, from, to, at, csv } = self;
        let asked = ReportAsked { measure, programme, from, to, at };
        if csv { Request::ReportCsv(asked) } else { Request::Report(asked) }
    }
}
