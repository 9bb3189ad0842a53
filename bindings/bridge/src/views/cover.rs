//! Standing in for somebody, and a case that went to somebody else.

use feltbog_app::{CaseCover as AppCaseCover, HandedAwayCase, MeanwhileEntry};

use crate::reply::{CaseCover, HandedAwayRow, MeanwhileRow};

pub(crate) fn meanwhile(entry: MeanwhileEntry) -> MeanwhileRow {
    MeanwhileRow {
        entry: entry.entry.to_string(),
        case: entry.case.to_string(),
        name: entry.name,
        kind: entry.kind.code().to_owned(),
        kind_name: entry.kind.danish().to_owned(),
        by: entry.by,
        at: entry.at.to_string(),
    }
}

pub(crate) fn handed_away(case: HandedAwayCase) -> HandedAwayRow {
    HandedAwayRow { case: case.case_number, to: case.to, at: case.at.to_string() }
}

pub(crate) fn case_cover(cover: AppCaseCover) -> CaseCover {
    CaseCover { absent: cover.absent, by: cover.by, until: cover.until.to_string() }
}
