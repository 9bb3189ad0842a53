//! What an employer looks for.

use feltbog_domain::{DocumentKind, JobType, Opening, OpeningState};

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

impl Document {
    /// Writes what differs.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_opening(&mut self, actor: ActorBytes, opening: &Opening) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Opening)?;
        let registers = Registers::default()
            .text("employer", opening.employer.to_string())
            .text("text", &opening.text)
            .number("hours_per_week", opening.hours_per_week)
            .optional_text("job_type", opening.job_type.as_ref().map(JobType::code))
            .optional_text("from", opening.from)
            .optional_text("until", opening.until)
            .text("state", opening.state.code())
            .text("noted_on", opening.noted_on.to_string());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads an opening.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while employer, text, state or day is not here.
    pub fn opening(&self) -> Result<Opening, NotesError> {
        self.require(DocumentKind::Opening)?;
        let read = self.reader();
        Ok(Opening {
            employer: read.required("employer")?,
            text: read.required_text("text")?,
            hours_per_week: read.number("hours_per_week"),
            job_type: read.text("job_type").map(|code| JobType::from_code(&code)),
            from: read.parsed("from"),
            until: read.parsed("until"),
            state: OpeningState::from_code(&read.required_text("state")?),
            noted_on: read.required("noted_on")?,
        })
    }
}
