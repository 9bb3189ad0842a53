//! The programme's figures as the server counts them.

use feltbog_app::{BothFigures, ServerReport};

use super::report::{rounded, unit};
use crate::reply::{BothFiguresRow, CountedFigure, ServerReportPage};

pub(crate) fn server_report(report: ServerReport) -> ServerReportPage {
    let ServerReport { programme, entries, pending, figures } = report;
    ServerReportPage {
        programme,
        accepted: entries.map(|entries| entries.accepted),
        taken_back: entries.map(|entries| entries.taken_back),
        pending,
        coarse: entries.is_none(),
        figures: figures.iter().map(row).collect(),
    }
}

fn row(both: &BothFigures) -> BothFiguresRow {
    let (measure, period) = (both.question.measure(), both.question.period());
    let counted = |figure: &feltbog_app::ToldFigure| CountedFigure {
        value: figure.value().map(rounded),
        numerator: figure.numerator,
        denominator: figure.denominator,
    };
    BothFiguresRow {
        measure: measure.code().to_owned(),
        title: measure.title().da.to_owned(),
        title_en: measure.title().en.to_owned(),
        unit: unit(measure.unit()).to_owned(),
        as_of: both.question.as_of().to_string(),
        from: period.map(|period| period.from.to_string()),
        to: period.map(|period| period.to.to_string()),
        server: counted(&both.server),
        here: both.here.as_ref().map(counted),
        agree: both.agree(),
    }
}
