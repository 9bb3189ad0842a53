//! A consent of the citizen.

use feltbog_domain::{Consent, DocumentKind};

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
    pub fn write_consent(&mut self, actor: ActorBytes, consent: &Consent) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Consent)?;
        let registers = Registers::default()
            .text("from", consent.from.to_string())
            .text("until", consent.until.to_string())
            .optional_text("giver", consent.giver.as_ref())
            .optional_text("receiver", consent.receiver.as_ref())
            .list("types", consent.types.iter().cloned(), |_| true);
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a consent. Its types may be empty when two devices each took away what the other left: then it covers
    /// nothing, which is the safe reading.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while a day is not here.
    pub fn consent(&self) -> Result<Consent, NotesError> {
        self.require(DocumentKind::Consent)?;
        let read = self.reader();
        Ok(Consent {
            types: read.list("types"),
            from: read.required("from")?,
            until: read.required("until")?,
            giver: read.text("giver"),
            receiver: read.text("receiver"),
        })
    }
}
