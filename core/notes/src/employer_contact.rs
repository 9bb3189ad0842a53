//! A contact with an employer, as the team shares it.

use feltbog_domain::{DocumentKind, EmployerContact, EntryKind, Outcome, Purpose};

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
    pub fn write_employer_contact(
        &mut self,
        actor: ActorBytes,
        contact: &EmployerContact,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::EmployerContact)?;
        let registers = Registers::default()
            .text("employer", contact.employer.to_string())
            .optional_text("unit", contact.unit)
            .text("at", contact.at.to_string())
            .text("kind", contact.kind.code())
            .flag("face_to_face", contact.face_to_face)
            .optional_text("contact_person", contact.contact_person.as_ref())
            .optional_text("purpose", contact.purpose.as_ref().map(Purpose::code))
            .optional_text("outcome", contact.outcome.as_ref().map(Outcome::code))
            .optional_text("about", contact.about.as_ref())
            .flag("mistaken", contact.mistaken.then_some(true));
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a contact.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while employer, time or kind is not here.
    pub fn employer_contact(&self) -> Result<EmployerContact, NotesError> {
        self.require(DocumentKind::EmployerContact)?;
        let read = self.reader();
        Ok(EmployerContact {
            employer: read.required("employer")?,
            unit: read.parsed("unit"),
            at: read.required("at")?,
            kind: EntryKind::from_code(&read.required_text("kind")?),
            face_to_face: read.flag("face_to_face"),
            contact_person: read.text("contact_person"),
            purpose: read.text("purpose").map(|code| Purpose::from_code(&code)),
            outcome: read.text("outcome").map(|code| Outcome::from_code(&code)),
            about: read.text("about"),
            mistaken: read.flag("mistaken") == Some(true),
        })
    }
}
