//! The programme's figures.

use feltbog_app::{EvidenceLine, Report, StaffLine};
use feltbog_reports::Unit;

use super::scope::scope;
use crate::reply::{ReportDetail, ReportEvidence, ReportPage, ReportStaffRow};

pub(crate) fn report(report: Report) -> ReportPage {
    let Report { figure, programme, scope: whose, evidence, rows } = report;
    let question = figure.question;
    let (measure, period) = (question.measure(), question.period());
    ReportPage {
        measure: measure.code().to_owned(),
        title: measure.title().da.to_owned(),
        title_en: measure.title().en.to_owned(),
        value: figure.value().map(rounded),
        unit: unit(measure.unit()).to_owned(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        as_of: question.as_of().to_string(),
        from: period.map(|period| period.from.to_string()),
        to: period.map(|period| period.to.to_string()),
        definition: measure.definition().da.to_owned(),
        definition_en: measure.definition().en.to_owned(),
        source: measure.source().to_owned(),
        programme,
        scope: scope(whose),
        undecided: figure.undecided,
        assumed_ordinary: figure.assumed_ordinary,
        details: figure
            .details
            .iter()
            .map(|detail| ReportDetail { name: detail.name.to_owned(), value: detail.value().map(rounded) })
            .collect(),
        rows: rows.into_iter().map(staff_row).collect(),
        evidence: evidence.into_iter().map(evidence_row).collect(),
    }
}

pub(crate) const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Persons => "persons",
        Unit::Days => "days",
        Unit::PerWeek => "per_week",
        Unit::PerConsultant => "per_consultant",
    }
}

/// To three decimals, as every place that shows the figure does.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// `2026-W48`.
pub(super) fn iso_week((year, week): (i16, i8)) -> String {
    format!("{year}-W{week:02}")
}

fn staff_row(line: StaffLine) -> ReportStaffRow {
    let week = line.week.map(iso_week);
    ReportStaffRow { name: line.name, week, count: line.count }
}

fn evidence_row(line: EvidenceLine) -> ReportEvidence {
    let (case, number) = line.case.map(|(case, number)| (case.to_string(), number)).unzip();
    ReportEvidence {
        case,
        number,
        counts: line.counts,
        entries: line.entries.iter().map(ToString::to_string).collect(),
    }
}
