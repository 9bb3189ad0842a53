//! Cutting a file into records, so that one bad line never takes the others with it.
//!
//! A quoted field may span lines only if it closes with the right number of fields; otherwise its first line is refused
//! and reading goes on with the next.

use csv::{ReaderBuilder, StringRecord};

/// Most lines one record may span. A forgotten quotation mark must not make the whole rest of a file one field.
const LINES_PER_RECORD: usize = 200;

/// One record and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The heading is line 1.
    pub(crate) number: u32,
    /// The fields, or why there are none.
    pub(crate) fields: Result<Vec<String>, String>,
}

/// The heading and the records of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) headings: Vec<String>,
    pub(crate) lines: Vec<Line>,
}

impl Table {
    pub(crate) fn parse(text: &str) -> Self {
        // Spreadsheets put one in front of a file they save as UTF-8.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
        let Some((first, _)) = lines.split_first() else { return Self::default() };
        let headings: Vec<String> =
            record(first).unwrap_or_default().iter().map(|heading| heading.trim().to_lowercase()).collect();
        let mut table = Self { headings, lines: Vec::new() };
        let mut at = 1;
        while at < lines.len() {
            at += table.take(lines.get(at..).unwrap_or_default(), at + 1);
        }
        table
    }

    /// Takes one record from the front of the lines; returns how many lines it used.
    fn take(&mut self, lines: &[&str], number: usize) -> usize {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let Some(first) = lines.first() else { return 1 };
        if first.trim().is_empty() {
            return 1;
        }
        if first.contains(char::REPLACEMENT_CHARACTER) {
            let reason = "linjen er ikke skrevet i UTF-8: gem filen som \"CSV UTF-8\", og indlæs igen".to_owned();
            self.lines.push(Line { number, fields: Err(reason) });
            return 1;
        }
        if quoting(first) == Quoting::Closed {
            let fields = record(first).ok_or_else(|| "linjen kan ikke læses".to_owned()).and_then(|f| self.check(f));
            self.lines.push(Line { number, fields });
            return 1;
        }
        match self.spanning(lines) {
            Some((fields, used)) => {
                self.lines.push(Line { number, fields: Ok(fields) });
                used
            }
            None => {
                let reason = "et anførselstegn bliver ikke lukket, så feltet ikke kan læses".to_owned();
                self.lines.push(Line { number, fields: Err(reason) });
                1
            }
        }
    }

    fn spanning(&self, lines: &[&str]) -> Option<(Vec<String>, usize)> {
        let mut joined = (*lines.first()?).to_owned();
        for (more, line) in lines.iter().enumerate().skip(1).take(LINES_PER_RECORD) {
            joined.push('\n');
            joined.push_str(line);
            match quoting(&joined) {
                Quoting::Open => {}
                Quoting::Broken => return None,
                Quoting::Closed => {
                    let fields = record(&joined)?;
                    return (fields.len() == self.headings.len()).then_some((fields, more + 1));
                }
            }
        }
        None
    }

    fn check(&self, fields: Vec<String>) -> Result<Vec<String>, String> {
        if fields.len() == self.headings.len() {
            Ok(fields)
        } else {
            Err(format!("linjen har {} felter, men overskriften har {}", fields.len(), self.headings.len()))
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// Every quoted field is closed.
    Closed,
    /// The last field is still open.
    Open,
    /// Something follows a closing quotation mark: it closes nothing, it only looks so.
    Broken,
}

/// A quotation mark opens a field at its beginning only, is doubled inside, and closes it before a semicolon or the end.
fn quoting(text: &str) -> Quoting {
    let mut rest = text;
    loop {
        let Some(quoted) = rest.strip_prefix('"') else {
            match rest.split_once(';') {
                Some((_, next)) => rest = next,
                None => return Quoting::Closed,
            }
            continue;
        };
        let Some(after) = after_closing_quote(quoted) else { return Quoting::Open };
        match after.strip_prefix(';') {
            Some(next) => rest = next,
            None if after.is_empty() => return Quoting::Closed,
            None => return Quoting::Broken,
        }
    }
}

/// What follows the mark that closes a quoted field; `None` while it is open.
fn after_closing_quote(mut quoted: &str) -> Option<&str> {
    loop {
        let (_, after) = quoted.split_once('"')?;
        match after.strip_prefix('"') {
            Some(doubled) => quoted = doubled,
            None => return Some(after),
        }
    }
}

fn record(text: &str) -> Option<Vec<String>> {
    let mut reader =
        ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    reader.read_record(&mut record).ok().filter(|found| *found)?;
    Some(record.iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<(u32, bool)> {
        Table::parse(text).lines.iter().map(|line| (line.number, line.fields.is_ok())).collect()
    }

    #[test]
    fn a_quoted_note_may_span_lines() {
        let table = Table::parse("a;b\r\n1;\"to\r\nlinjer\"\r\n2;x\r\n");
        assert_eq!(table.lines[0].fields, Ok(vec!["1".into(), "to\nlinjer".into()]));
        assert_eq!(table.lines[1].number, 4);
    }

    #[test]
    fn a_forgotten_quote_costs_its_own_line_only() {
        assert_eq!(shape("a;b\n1;\"åben\n2;x\n3;y\n"), [(2, false), (3, true), (4, true)]);
    }

    #[test]
    fn two_forgotten_quotes_do_not_swallow_what_lies_between() {
        assert_eq!(shape("a;b\n1;\"åben\n2;x\n3;\"også\n4;z\n"), [(2, false), (3, true), (4, false), (5, true)]);
    }

    #[test]
    fn marks_inside_a_field_are_only_marks() {
        let table = Table::parse("a;b\n1;5\" rør\n2;\"sagde \"\"ja\"\"; og gik\"\n");
        assert_eq!(table.lines[0].fields, Ok(vec!["1".into(), "5\" rør".into()]));
        assert_eq!(table.lines[1].fields, Ok(vec!["2".into(), "sagde \"ja\"; og gik".into()]));
    }

    #[test]
    fn too_few_and_too_many_fields_are_refused() {
        assert_eq!(shape("a;b\n1\n1;2;3\n1;2\n"), [(2, false), (3, false), (4, true)]);
    }

    #[test]
    fn an_empty_file_has_no_lines() {
        assert!(shape("").is_empty());
        assert!(shape("a;b\n").is_empty());
    }
}
