//! What a budget note needs of a programme, from the programme's file and what this device may see.

use feltbog_reports::{Programme, Scope, StatusNote};

use crate::counted_programme::CountedProgramme;
use crate::device::Device;
use crate::error::AppError;
use crate::report_file_text::no_programme;
use crate::use_cases::new_case::typed_day;
use crate::use_cases::report::said;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct StatusNoteWish {
    /// The text of the programme's file, or the name of one that comes with Feltbog.
    pub file: String,
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

/// A name is one line without an equals sign; a file never is.
fn read(file: &str) -> Result<Programme, AppError> {
    let name = file.trim();
    let read = if name.contains(['=', '\n']) { Programme::read(file) } else { Programme::shipped(name) };
    read.map_err(|error| AppError::Unclear(no_programme(&error)))
}
