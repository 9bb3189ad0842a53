//! What a restored server lacks.

use feltbog_app::{HistoryFinding, MissedEntry};

use crate::reply::{FindingRow, MissingRow};

pub(crate) fn missing(entry: MissedEntry) -> MissingRow {
    MissingRow {
        entry: entry.entry.to_string(),
        case: entry.case_number,
        kind: entry.kind.code().to_owned(),
        kind_name: entry.kind.danish().to_owned(),
        at: entry.at.to_string(),
        author: entry.author,
    }
}

pub(crate) fn finding(finding: HistoryFinding) -> FindingRow {
    FindingRow { code: finding.code, author: finding.author, name: finding.case_name }
}
