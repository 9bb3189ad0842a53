//! What an import did.

use std::collections::BTreeSet;

use super::error_files::ErrorFile;

/// A line that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRefusal {
    /// The file.
    pub file: &'static str,
    /// The line, the heading being line 1.
    pub line: u32,
    /// The field's heading; empty for the whole line.
    pub field: String,
    /// Why, in Danish.
    pub reason: String,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// New cases.
    pub cases: u32,
    /// New entries.
    pub entries: u32,
    /// New employers.
    pub employers: u32,
    /// Lines that were in already.
    pub unchanged: u32,
    /// Lines that were not taken.
    pub refused: Vec<LineRefusal>,
    /// The same lines, to be put right and read in again.
    pub error_files: Vec<ErrorFile>,
    /// Numbers of cases without consent: nothing of them is shared.
    pub without_consent: Vec<String>,
    /// Names of staff that no member, or more than one, bears yet.
    pub unmatched_staff: Vec<String>,
    /// Every name of staff in the cases.
    pub(crate) staff_names: BTreeSet<String>,
}

impl ImportReport {
    pub(crate) fn refuse(&mut self, file: &'static str, line: u32, field: &str, reason: impl Into<String>) {
        self.refused.push(LineRefusal { file, line, field: field.to_owned(), reason: reason.into() });
    }
}
