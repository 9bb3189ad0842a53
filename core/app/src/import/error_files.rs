//! The lines that were not taken, to be put right and read in again.

use std::collections::{BTreeMap, HashMap};

use super::csv_lines::{Line, Table};
use super::report::LineRefusal;
use crate::error::AppError;
use crate::spreadsheet::spreadsheet;

/// The column with the line of the file it stood in.
const LINE: &str = "linje";
/// The column with what is wrong.
const ERROR: &str = "fejl";

/// A file like the one that was read, with the lines that were not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorFile {
    /// The name of the file that was read.
    pub name: &'static str,
    /// Its own columns, then where each line stood and what is wrong with it.
    pub text: String,
}

/// One for each file with refused lines.
pub(super) fn error_files(files: &[(&'static str, &str)], refused: &[LineRefusal]) -> Result<Vec<ErrorFile>, AppError> {
    let mut made = Vec::new();
    for (name, text) in files {
        let mut reasons: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for refusal in refused.iter().filter(|refusal| refusal.file == *name) {
            reasons.entry(refusal.line).or_default().push(said(refusal));
        }
        if !reasons.is_empty() {
            made.push(ErrorFile { name, text: error_file(text, &reasons)? });
        }
    }
    Ok(made)
}

fn said(refusal: &LineRefusal) -> String {
    if refusal.field.is_empty() { refusal.reason.clone() } else { format!("{}: {}", refusal.field, refusal.reason) }
}

fn error_file(text: &str, reasons: &BTreeMap<u32, Vec<String>>) -> Result<String, AppError> {
    let table = Table::parse(text);
    let raw: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let lines: HashMap<u32, &Line> = table.lines.iter().map(|line| (line.number, line)).collect();
    // Of a file that was made here before, what was wrong then is of no more use.
    let own: Vec<(usize, &str)> = table
        .headings
        .iter()
        .map(String::as_str)
        .enumerate()
        .filter(|(_, name)| !matches!(*name, LINE | ERROR))
        .collect();
    let headings: Vec<&str> = own.iter().map(|(_, name)| *name).chain([LINE, ERROR]).collect();
    let records = reasons.iter().map(|(number, reasons)| {
        let before = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        let cells = cells(lines.get(number).copied(), raw.get(before).copied().unwrap_or_default());
        let said = [number.to_string(), reasons.join("; ")];
        own.iter().map(|(at, _)| cells.get(*at).cloned().unwrap_or_default()).chain(said).collect::<Vec<_>>()
    });
    spreadsheet(&headings, records)
}

/// A line that cannot be cut stands whole in the first column, so that it is refused again until somebody has cut it: a
/// guess might put words in the wrong place.
fn cells(line: Option<&Line>, raw: &str) -> Vec<String> {
    let cut = line.and_then(|line| line.fields.as_ref().ok());
    cut.cloned().unwrap_or_else(|| vec![raw.to_owned()])
}
