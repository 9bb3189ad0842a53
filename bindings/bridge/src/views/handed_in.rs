//! Handed-in work.

use feltbog_app::{DepositedEntry, HandedInEntry};

use crate::reply::{DepositRow, HandedInRow};

pub(crate) fn handed_in(entry: HandedInEntry) -> HandedInRow {
    HandedInRow {
        entry: entry.entry.to_string(),
        case: entry.case_number,
        kind: entry.kind.code().to_owned(),
        kind_name: entry.kind.danish().to_owned(),
        at: entry.at,
        reason: entry.reason,
        receivers: entry.receivers,
        delivered: entry.delivered,
    }
}

pub(crate) fn deposit(entry: DepositedEntry) -> DepositRow {
    DepositRow {
        entry: entry.entry.to_string(),
        case: entry.case_number,
        name: entry.case_name,
        kind: entry.kind.code().to_owned(),
        kind_name: entry.kind.danish().to_owned(),
        at: entry.at.to_string(),
        author: entry.author,
        note: entry.note,
        reason: entry.reason,
    }
}
