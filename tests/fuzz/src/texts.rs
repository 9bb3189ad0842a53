//! What people hand over, and what other programs say.

use feltbog_bridge::Request;
use feltbog_protocol::{BootstrapCode, Invitation};

use crate::specimens;

/// An invitation as it was copied out of a letter. Its check is 48 bits long.
#[must_use]
pub fn invitation(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(read) = text.parse::<Invitation>() else { return false };
    assert!(read.to_text().parse::<Invitation>().is_ok_and(|again| again == read));
    assert!(specimens::INVITATION.parse() == Ok(read), "an altered invitation was taken");
    true
}

/// The installer's code.
#[must_use]
pub fn bootstrap_code(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(read) = text.parse::<BootstrapCode>() else { return false };
    assert!(read.to_text().parse::<BootstrapCode>() == Ok(read));
    true
}

/// A file to import: every line is taken or refused once, in order, and nothing is made up.
#[must_use]
pub fn csv_lines(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let lines = text.split('\n').count();
    let records = feltbog_app::csv_records(&text);
    assert!(records.len() < lines.max(1));
    assert!(records.iter().zip(records.iter().skip(1)).all(|(one, next)| one.0 < next.0), "a line was read twice");
    assert!(records.iter().all(|(line, _)| usize::try_from(*line).is_ok_and(|line| (2..=lines).contains(&line))));
    let fields: usize = records.iter().filter_map(|(_, fields)| fields.as_ref().ok()).flatten().map(String::len).sum();
    assert!(fields <= text.len(), "more came out than went in");
    records.iter().any(|(_, fields)| fields.is_ok())
}

/// The file of a survey: no line counts twice, no unit stands on a tile that is not its own, and what comes out reads as it went in.
#[must_use]
pub fn survey_file(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let Ok(read) = feltbog_app::survey(&text, None) else { return false };
    let lines = text.split('\n').count();
    assert!(read.units.len() + read.refused.len() < lines.max(1));
    let (answers, other) = (read.count.answers, read.count.with_other);
    assert_eq!(usize::try_from(answers.units()), Ok(read.units.len()));
    assert_eq!(other.yes + other.no + other.unknown, answers.units());
    assert!(other.yes + other.no >= answers.answered(), "what is known from elsewhere took an answer away");
    let again = feltbog_app::survey(&read.sheet, None).expect("what was written can be read");
    assert_eq!((&again.units, again.refused.len(), again.unread.len()), (&read.units, 0, 0));
    !read.units.is_empty()
}

/// What a screen asks of the core.
#[must_use]
pub fn bridge_request(data: &[u8]) -> bool {
    let Ok(read) = serde_json::from_slice::<Request>(data) else { return false };
    let written = serde_json::to_vec(&read).expect("a request can be written");
    let again: Request = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(serde_json::to_vec(&again).unwrap(), written);
    true
}
