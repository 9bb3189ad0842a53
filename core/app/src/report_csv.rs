//! Figures for a spreadsheet.

use feltbog_reports::Scope;

use crate::error::AppError;
use crate::spreadsheet::spreadsheet;
use crate::use_cases::Report;

/// All figures, a line each.
pub(crate) fn figures_csv(reports: &[Report]) -> Result<String, AppError> {
    let headings = [
        "maal",
        "titel",
        "vaerdi",
        "taeller",
        "naevner",
        "fra",
        "til",
        "pr",
        "program",
        "omfang",
        "uafgjorte",
        "antaget_ordinaere",
        "definition",
    ];
    spreadsheet(&headings, reports.iter().map(figure))
}

/// What is behind one figure, a line for each citizen or piece of work.
pub(crate) fn evidence_csv(report: &Report) -> Result<String, AppError> {
    let measure = report.figure.question.measure().code();
    let lines = report.evidence.iter().map(|line| {
        let entries: Vec<String> = line.entries.iter().map(ToString::to_string).collect();
        [
            measure.to_owned(),
            line.case.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
            if line.counts { "ja" } else { "nej" }.to_owned(),
            entries.join(" "),
        ]
    });
    spreadsheet(&["maal", "sagsnr", "taeller_med", "registreringer"], lines)
}

fn figure(report: &Report) -> [String; 13] {
    let (figure, question) = (&report.figure, report.figure.question);
    let (measure, period) = (question.measure(), question.period());
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        measure.code().to_owned(),
        measure.title().da.to_owned(),
        // As a Danish spreadsheet reads a number.
        figure.value().map(|value| format!("{value:.3}").replace('.', ",")).unwrap_or_default(),
        figure.numerator.to_string(),
        number(figure.denominator),
        period.map(|period| period.from.to_string()).unwrap_or_default(),
        period.map(|period| period.to.to_string()).unwrap_or_default(),
        question.as_of().to_string(),
        report.programme.clone(),
        whose(report.scope).to_owned(),
        figure.undecided.to_string(),
        figure.assumed_ordinary.to_string(),
        measure.definition().da.to_owned(),
    ]
}

const fn whose(scope: Scope) -> &'static str {
    match scope {
        Scope::Programme => "hele programmet",
        Scope::Own => "egne borgere",
    }
}
