//! The answers of a survey as a spreadsheet's file: one line a unit, semicolons, Danish words.

use std::collections::BTreeSet;

use feltbog_reports::{
    Demand, HelpWith, KnownFrom, Programme, Reason, Sentence, SurveyCount, SurveyUnit, Training, UnitFault,
};

use crate::error::AppError;
use crate::import::{LineRefusal, Table};
use crate::report_file_text::no_programme;
use crate::spreadsheet_cell::as_written;
use crate::survey_sheet::survey_sheet;
use crate::use_cases::ProgrammeFile;

const FILE: &str = "svar";
/// What a file must have columns for.
pub(crate) const NEEDED: [&str; 3] = ["enhed", "svar", "viden"];
/// What it may have columns for beside them.
pub(crate) const READ_TOO: [&str; 7] =
    ["viden_fra", "grunde", "hjaelp", "uddannelse", "i_maalgruppen", "tilbudt", "i_indsatsen"];
/// What a file that was written here has beside them: it follows from the others.
pub(crate) const MADE: [&str; 2] = ["kommuner", "samlet"];

/// A survey's file, read and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyRead {
    /// The units that were taken, in the file's order.
    pub units: Vec<SurveyUnit>,
    /// What they give.
    pub count: SurveyCount,
    /// The same for a spreadsheet, and to be read in again.
    pub sheet: String,
    /// Headings of columns of which nothing is read.
    pub unread: Vec<String>,
    /// Lines that were not taken.
    pub refused: Vec<LineRefusal>,
    /// Where the source it is held against says other numbers.
    pub contradictions: Vec<Sentence>,
}

/// Reads a survey's file and counts it, held against what its source says of it. Needs no home and no network.
///
/// # Errors
/// [`AppError::Unclear`] where columns are missing; [`AppError::ReportFile`] where the source cannot be read or has no survey.
pub fn survey(text: &str, against: Option<&ProgrammeFile>) -> Result<SurveyRead, AppError> {
    let table = Table::parse(text);
    if !NEEDED.iter().all(|needed| table.headings.iter().any(|heading| heading == needed)) {
        return Err(AppError::Unclear(format!("filen har ikke overskrifterne {}", NEEDED.join(", "))));
    }
    let said = against.map(source).transpose()?;
    let (units, refused) = units(&table);
    let count = SurveyCount::of(&units);
    let contradictions = said.and_then(|programme| programme.survey).map(|said| count.held_against(&said));
    let contradictions = contradictions.into_iter().flatten().map(|found| found.sentence()).collect();
    let sheet = survey_sheet(&units)?;
    Ok(SurveyRead { units, count, sheet, unread: unread(&table), refused, contradictions })
}

/// A heading with a letter too few would otherwise take its whole column away unseen.
fn unread(table: &Table) -> Vec<String> {
    let read = |heading: &&String| NEEDED.iter().chain(&READ_TOO).chain(&MADE).any(|known| known == heading);
    table.headings.iter().filter(|heading| !heading.is_empty() && !read(heading)).cloned().collect()
}

fn source(file: &ProgrammeFile) -> Result<Programme, AppError> {
    let read = match file {
        ProgrammeFile::Shipped(name) => Programme::shipped(name.trim()),
        ProgrammeFile::Text(text) => Programme::read(text),
        ProgrammeFile::Kept => return Err(AppError::NoProgrammeFile),
    };
    let programme = read.map_err(|error| AppError::ReportFile(no_programme(&error)))?;
    if programme.survey.is_some() {
        return Ok(programme);
    }
    Err(AppError::ReportFile(Sentence {
        da: format!("{} er ingen spørgeskemaundersøgelse", programme.name),
        en: format!("{} is no survey", programme.name),
    }))
}

fn units(table: &Table) -> (Vec<SurveyUnit>, Vec<LineRefusal>) {
    let (mut units, mut refused, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for line in &table.lines {
        let read = match &line.fields {
            Ok(fields) => Columns { headings: &table.headings, fields }.unit(),
            Err(reason) => Err(("", reason.clone())),
        };
        match read {
            Ok(unit) if names.insert(unit.unit.to_lowercase()) => units.push(unit),
            Ok(_) => refused.push(refusal(line.number, "enhed", "enheden står der to gange".to_owned())),
            Err((field, reason)) => refused.push(refusal(line.number, field, reason)),
        }
    }
    (units, refused)
}

fn refusal(line: u32, field: &str, reason: String) -> LineRefusal {
    LineRefusal { file: FILE, line, field: field.to_owned(), reason }
}

/// The column, and what is wrong with what stands in it.
type Wrong = (&'static str, String);

/// One line by its columns.
struct Columns<'a> {
    headings: &'a [String],
    fields: &'a [String],
}

impl Columns<'_> {
    fn unit(&self) -> Result<SurveyUnit, Wrong> {
        let name = self.text("enhed");
        if name.is_empty() {
            return Err(("enhed", "enheden har intet navn".to_owned()));
        }
        let unit = SurveyUnit {
            unit: name.to_owned(),
            answer: self.yes_or_no("svar")?,
            known: self.known()?,
            reasons: self.words("grunde", Reason::typed)?,
            help: self.words("hjaelp", HelpWith::typed)?,
            training: self.word("uddannelse", Training::typed)?,
            demand: Demand {
                in_target_group: self.number("i_maalgruppen")?,
                offered: self.number("tilbudt")?,
                enrolled: self.number("i_indsatsen")?,
            },
        };
        unit.check().map_err(of_fault)?;
        Ok(unit)
    }

    fn text(&self, column: &str) -> &str {
        let at = self.headings.iter().position(|heading| heading == column);
        at.and_then(|at| self.fields.get(at)).map_or("", |field| as_written(field.trim()))
    }

    fn yes_or_no(&self, column: &'static str) -> Result<Option<bool>, Wrong> {
        match self.text(column).to_lowercase().as_str() {
            "" => Ok(None),
            "ja" => Ok(Some(true)),
            "nej" => Ok(Some(false)),
            other => Err((column, format!("\"{other}\" er hverken ja, nej eller tomt"))),
        }
    }

    fn known(&self) -> Result<Option<(bool, KnownFrom)>, Wrong> {
        let from = self.word("viden_fra", KnownFrom::typed)?;
        match (self.yes_or_no("viden")?, from) {
            (Some(known), Some(from)) => Ok(Some((known, from))),
            (Some(_), None) => Err(("viden_fra", "der står ikke, hvor det er kendt fra".to_owned())),
            (None, Some(_)) => Err(("viden", "der står, hvor det er kendt fra, men ikke hvad".to_owned())),
            (None, None) => Ok(None),
        }
    }

    /// Words of a list, with commas between them; a word that stands there twice is one.
    fn words<T: Ord>(&self, column: &'static str, typed: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Wrong> {
        let words = self.text(column).split(',').map(str::trim).filter(|word| !word.is_empty());
        let read = |word: &str| {
            typed(&word.to_lowercase()).ok_or_else(|| (column, format!("\"{word}\" er intet af de kendte ord")))
        };
        Ok(words.map(read).collect::<Result<BTreeSet<_>, Wrong>>()?.into_iter().collect())
    }

    /// One word; of two nobody could say which counts.
    fn word<T: Ord>(&self, column: &'static str, typed: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Wrong> {
        let mut words = self.words(column, typed)?;
        let word = words.pop();
        if words.is_empty() { Ok(word) } else { Err((column, "der kan kun stå ét ord".to_owned())) }
    }

    fn number(&self, column: &'static str) -> Result<Option<u32>, Wrong> {
        match self.text(column) {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| (column, format!("\"{digits}\" er intet antal"))),
        }
    }
}

fn of_fault(fault: UnitFault) -> Wrong {
    let (column, reason) = match fault {
        UnitFault::ReasonsWithoutNo => ("grunde", "der er grunde til ikke at arbejde med IPS, men svaret er ikke nej"),
        UnitFault::OfferedBeyondTargetGroup => {
            ("tilbudt", "flere er blevet tilbudt indsatsen, end der er i målgruppen")
        }
        UnitFault::EnrolledBeyondOffered => ("i_indsatsen", "flere er i indsatsen, end der er blevet tilbudt den"),
        UnitFault::EnrolledBeyondTargetGroup => ("i_indsatsen", "flere er i indsatsen, end der er i målgruppen"),
    };
    (column, reason.to_owned())
}

#[cfg(test)]
mod tests;
