//! The head document that ties a folder to its case.

use feltbog_domain::{CaseId, DocumentKind, ProgrammeId};

use crate::change::{ActorBytes, Change, debug_without_content};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

/// What a folder says of the case it belongs to.
#[derive(Clone, PartialEq, Eq)]
pub struct HeadFields {
    /// The case.
    pub case: CaseId,
    /// The number people use.
    pub number: String,
    /// The citizen's name.
    pub name: String,
    /// The programme.
    pub programme: ProgrammeId,
}
debug_without_content!(HeadFields);

impl Document {
    /// Writes what differs.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_head(&mut self, actor: ActorBytes, fields: &HeadFields) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Head)?;
        let registers = Registers::default()
            .text("case", fields.case.to_string())
            .text("number", &fields.number)
            .text("name", &fields.name)
            .text("programme", fields.programme.to_string());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a head document.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while a field is not here.
    pub fn head(&self) -> Result<HeadFields, NotesError> {
        self.require(DocumentKind::Head)?;
        let read = self.reader();
        Ok(HeadFields {
            case: read.required("case")?,
            number: read.required_text("number")?,
            name: read.required_text("name")?,
            programme: read.required("programme")?,
        })
    }
}
