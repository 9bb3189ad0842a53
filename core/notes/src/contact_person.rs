//! Somebody who works for an employer.

use feltbog_domain::{ContactBy, ContactPerson, DocumentKind};

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
    pub fn write_contact_person(
        &mut self,
        actor: ActorBytes,
        person: &ContactPerson,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::ContactPerson)?;
        let before = self.contact_person().ok();
        let flag = |now: bool, was: fn(&ContactPerson) -> bool| {
            // A no that was never anything else is not written, so that it stands against nobody's yes.
            (now || before.as_ref().is_some_and(was)).then_some(now)
        };
        let registers = Registers::default()
            .text("employer", person.employer.to_string())
            .text("name", &person.name)
            .optional_text("function", person.function.as_ref())
            .optional_text("phone", person.phone.as_ref())
            .optional_text("mail", person.mail.as_ref())
            .optional_text("prefers", person.prefers.as_ref().map(ContactBy::code))
            .flag("in_charge", flag(person.in_charge, |was| was.in_charge))
            .flag("left", flag(person.left, |was| was.left));
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a contact person.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while employer or name is not here.
    pub fn contact_person(&self) -> Result<ContactPerson, NotesError> {
        self.require(DocumentKind::ContactPerson)?;
        let read = self.reader();
        Ok(ContactPerson {
            employer: read.required("employer")?,
            name: read.required_text("name")?,
            function: read.text("function"),
            phone: read.text("phone"),
            mail: read.text("mail"),
            prefers: read.text("prefers").map(|code| ContactBy::from_code(&code)),
            in_charge: read.flag("in_charge") == Some(true),
            left: read.flag("left") == Some(true),
        })
    }
}
