//! An employer of the programme's register.

use feltbog_domain::{DocumentKind, EmployerFields};

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
    pub fn write_employer(&mut self, actor: ActorBytes, fields: &EmployerFields) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Employer)?;
        let registers = Registers::default()
            .text("cvr", fields.cvr.to_string())
            .text("name", &fields.name)
            .optional_text("trade", fields.trade.as_ref())
            .optional_text("address", fields.address.as_ref())
            .optional_text("postcode", fields.postcode.as_ref())
            .optional_text("town", fields.town.as_ref())
            .optional_text("contact_person", fields.contact_person.as_ref());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads an employer.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while company number or name is not here.
    pub fn employer(&self) -> Result<EmployerFields, NotesError> {
        self.require(DocumentKind::Employer)?;
        let read = self.reader();
        Ok(EmployerFields {
            cvr: read.required("cvr")?,
            name: read.required_text("name")?,
            trade: read.text("trade"),
            address: read.text("address"),
            postcode: read.text("postcode"),
            town: read.text("town"),
            contact_person: read.text("contact_person"),
        })
    }
}
