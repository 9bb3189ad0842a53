//! The days a review of fidelity looks at.

use feltbog_domain::{DocumentKind, FidelityReview};

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
    pub fn write_fidelity_review(
        &mut self,
        actor: ActorBytes,
        review: &FidelityReview,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::FidelityReview)?;
        let registers = Registers::default()
            .text("from", review.from.to_string())
            .text("to", review.to.to_string())
            .optional_text("full_time", review.full_time.as_ref())
            .optional_text("meetings_reviewed", review.meetings_reviewed.as_ref());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a review. Of two that were written while apart each field holds one: the last day may lie before the first.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while a day is not here.
    pub fn fidelity_review(&self) -> Result<FidelityReview, NotesError> {
        self.require(DocumentKind::FidelityReview)?;
        let read = self.reader();
        Ok(FidelityReview {
            from: read.required("from")?,
            to: read.required("to")?,
            full_time: read.text("full_time"),
            meetings_reviewed: read.text("meetings_reviewed"),
        })
    }
}
