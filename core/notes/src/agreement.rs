//! What may be said to one employer.

use feltbog_domain::{Agreement, Disclosure, DocumentKind};

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
    pub fn write_agreement(&mut self, actor: ActorBytes, agreement: &Agreement) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Agreement)?;
        let registers = Registers::default()
            .text("employer", agreement.employer.to_string())
            .text("disclosure", agreement.disclosure.code())
            .optional_text("may_say", agreement.may_say.as_ref())
            .optional_text("may_not_say", agreement.may_not_say.as_ref())
            .text("decided_at", agreement.decided_at.to_string());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads an agreement; a decision this version does not know lets nothing be said.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while employer, decision or time is not here.
    pub fn agreement(&self) -> Result<Agreement, NotesError> {
        self.require(DocumentKind::Agreement)?;
        let read = self.reader();
        Ok(Agreement {
            employer: read.required("employer")?,
            disclosure: Disclosure::from_code(&read.required_text("disclosure")?),
            may_say: read.text("may_say"),
            may_not_say: read.text("may_not_say"),
            decided_at: read.required("decided_at")?,
        })
    }
}
