//! Who has read about a citizen.

use feltbog_app::ReadLogLine;

use crate::reply::ReadLogRow;

pub(crate) fn reading(line: ReadLogLine) -> ReadLogRow {
    ReadLogRow {
        at: line.at.to_string(),
        action: line.action.map_or("unknown", |action| action.word()).to_owned(),
        action_name: line
            .action
            .map_or("læste på en måde, som denne version ikke kender", |action| action.danish())
            .to_owned(),
        entry: line.entry.map(|entry| entry.to_string()),
        words: line.words,
        staff: line.staff,
        purpose: line.purpose,
    }
}
