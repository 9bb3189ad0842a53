//! What an import took in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an import did or would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Imported {
    /// New rows.
    pub added: ImportCounts,
    /// Rows that were in already.
    pub unchanged: u32,
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
    /// Cases without consent: nothing of them is shared.
    pub without_consent: Vec<String>,
    /// Names of staff that no member, or more than one, bears yet.
    pub unmatched_staff: Vec<String>,
}

/// Counts by kind of row.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ImportCounts {
    /// Cases.
    pub cases: u32,
    /// Entries.
    pub entries: u32,
    /// Employers.
    pub employers: u32,
}

/// A line that was not taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedLine {
    /// The file.
    pub file: String,
    /// The line, the heading being line 1.
    pub line: u32,
    /// The field, or empty for the whole line.
    pub field: String,
    /// Why, in Danish.
    pub reason: String,
}
