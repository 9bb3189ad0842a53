//! What a budget note needs of a programme, from the programme's file and what this device may see.

use feltbog_reports::{Programme, Scope, StatusNote};

use crate::counted_programme::CountedProgramme;
use crate::device::Device;
use crate::error::AppError;
use crate::report_file_text::no_programme;
use crate::use_cases::new_case::typed_day;
use crate::use_cases::report::said;

/// What a programme is held against.
#[derive(Debug, Clone)]
pub enum ProgrammeFile {
    /// The name of a file that comes with Feltbog.
    Shipped(String),
    /// The text of a file.
    Text(String),
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct StatusNoteWish {
    /// The programme's file.
    pub file: ProgrammeFile,
    /// The programme that is counted; may be absent while there is one.
    pub programme: Option<String>,
    /// The day it is asked for; today when absent.
    pub at: Option<String>,
}

/// The note, and of whom it is.
#[derive(Debug, Clone)]
pub struct CountedNote {
    /// The note.
    pub note: StatusNote,
    /// The day it holds for.
    pub at: jiff::civil::Date,
    /// The programme that was counted.
    pub programme: String,
    /// Whose facts were.
    pub scope: Scope,
}

impl Device {
    /// How the programme stands against its file. Nobody is named in it, so nothing is written into the read log.
    ///
    /// # Errors
    /// When the file is none, a day cannot be understood, or a target cannot be held against anything.
    pub fn status_note(&mut self, wish: &StatusNoteWish) -> Result<CountedNote, AppError> {
        let at = typed_day(wish.at.as_deref())?.unwrap_or_else(|| self.now().date());
        let file = read(&wish.file)?;
        let CountedProgramme { name: programme, facts, scope } = self.counted(wish.programme.as_deref())?;
        let note = StatusNote::of(&file, &facts.book, scope, at)
            .map_err(|error| AppError::Unclear(format!("et mål i programfilen kan ikke tælles: {}", said(error))))?;
        Ok(CountedNote { note, at, programme, scope })
    }
}

fn read(file: &ProgrammeFile) -> Result<Programme, AppError> {
    let read = match file {
        ProgrammeFile::Shipped(name) => Programme::shipped(name.trim()),
        ProgrammeFile::Text(text) => Programme::read(text),
    };
    read.map_err(|error| AppError::Unclear(no_programme(&error)))
}
