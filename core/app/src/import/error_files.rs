//! The lines that were not taken, to be put right and read in again.

use std::collections::{BTreeMap, HashMap};

use csv::{Terminator, WriterBuilder};

use super::csv_lines::{Line, Table};
use super::report::LineRefusal;
use crate::error::AppError;
use crate::spreadsheet_cell::harmless;

/// The column with the line of the file it stood in.
const LINE: &str = "linje";
/// The column with what is wrong.
const ERROR: &str = "fejl";
/// Without it a spreadsheet reads æ, ø and å as other letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

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
            let written = error_file(text, &reasons);
            let text = written.ok_or_else(|| AppError::Unclear("de afviste linjer kan ikke skrives som CSV".into()))?;
            made.push(ErrorFile { name, text });
        }
    }
    Ok(made)
}

fn said(refusal: &LineRefusal) -> String {
    if refusal.field.is_empty() { refusal.reason.clone() } else { format!("{}: {}", refusal.field, refusal.reason) }
}

fn error_file(text: &str, reasons: &BTreeMap<u32, Vec<String>>) -> Option<String> {
    let table = Table::parse(text);
    let raw: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let lines: HashMap<u32, &Line> = table.lines.iter().map(|line| (line.number, line)).collect();
    // Of a file that was made here before, what was wrong then is of no more use.
    let own: Vec<usize> = (0..table.headings.len())
        .filter(|at| !matches!(table.headings.get(*at).map(String::as_str), Some(LINE | ERROR)))
        .collect();
    let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    let headings = own.iter().filter_map(|at| table.headings.get(*at)).map(String::as_str);
    writer.write_record(headings.chain([LINE, ERROR])).ok()?;
    for (number, reasons) in reasons {
        let at = usize::try_from(number.saturating_sub(1)).ok()?;
        let cells = cells(lines.get(number).copied(), raw.get(at).copied().unwrap_or_default());
        let cells = own.iter().map(|at| cells.get(*at).cloned().unwrap_or_default());
        let said = [number.to_string(), reasons.join("; ")];
        writer.write_record(cells.chain(said).map(|cell| harmless(&cell).into_owned())).ok()?;
    }
    let bytes = writer.into_inner().ok()?;
    Some(format!("{BYTE_ORDER_MARK}{}", String::from_utf8(bytes).ok()?))
}

/// A line that cannot be cut stands whole in the first column, so that it is refused again until somebody has cut it: a
/// guess might put words in the wrong place.
fn cells(line: Option<&Line>, raw: &str) -> Vec<String> {
    let cut = line.and_then(|line| line.fields.as_ref().ok());
    cut.cloned().unwrap_or_else(|| vec![raw.to_owned()])
}
