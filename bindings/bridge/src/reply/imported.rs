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
    /// The same lines as files to be put right and read in again; only where they were asked for.
    #[serde(default)]
    pub error_files: Vec<ErrorFile>,
    /// Cases without consent: nothing of them is shared.
    pub without_consent: Vec<String>,
    /// Names of staff that no member, or more than one, bears yet.
    pub unmatched_staff: Vec<String>,
}

/// A file like the one that was read, with the lines that were not taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErrorFile {
    /// The name of the file that was read.
    pub name: String,
    /// Its own columns, then where each line stood (`linje`) and what is wrong with it (`fejl`).
    pub text: String,
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
