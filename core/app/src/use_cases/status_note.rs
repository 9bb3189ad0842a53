//! What a budget note needs of a programme, from the programme's file and what this device may see.

mod as_paper;

use feltbog_reports::{Scope, StatusNote};

use crate::counted_programme::CountedProgramme;
use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::new_case::typed_day;
use crate::use_cases::programme_file::ProgrammeFile;
use crate::use_cases::report::said;

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
        let id = self.programme(wish.programme.as_deref())?;
        let file = self.read_programme(id, &wish.file)?;
        let CountedProgramme { name: programme, facts, scope } = self.counted_of(id)?;
        let note = StatusNote::of(&file, &facts.book, scope, at)
            .map_err(|error| AppError::Unclear(format!("et mål i programfilen kan ikke tælles: {}", said(error))))?;
        Ok(CountedNote { note, at, programme, scope })
    }

    /// The same on paper, as a PDF.
    ///
    /// # Errors
    /// As [`Device::status_note`].
    pub fn status_note_pdf(&mut self, wish: &StatusNoteWish) -> Result<Vec<u8>, AppError> {
        let (at, by) = (self.now(), self.my_name()?);
        let note = self.status_note(wish)?;
        note.pdf(at, &by).map_err(|_| AppError::Unclear("status kan ikke skrives som PDF".into()))
    }
}
