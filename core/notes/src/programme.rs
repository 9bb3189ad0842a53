//! A programme.

use feltbog_domain::{DocumentKind, ProgrammeId, ProgrammeSettings};

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

/// What everybody may know of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeFields {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its name.
    pub name: String,
    /// What its leader has set.
    pub settings: ProgrammeSettings,
    /// The text of its own file: what it costs and aims at. Of two that were taken in while apart one holds on every device.
    pub file: Option<String>,
}

impl Document {
    /// Writes what differs.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_programme(
        &mut self,
        actor: ActorBytes,
        fields: &ProgrammeFields,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Programme)?;
        let registers = Registers::default()
            .text("programme", fields.programme.to_string())
            .text("name", &fields.name)
            .flag("authority", fields.settings.authority)
            .optional_text("talk_interval", fields.settings.talk_interval.as_ref())
            .optional_text("file", fields.file.as_ref());
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a programme.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while a field is not here.
    pub fn programme(&self) -> Result<ProgrammeFields, NotesError> {
        self.require(DocumentKind::Programme)?;
        let read = self.reader();
        Ok(ProgrammeFields {
            programme: read.required("programme")?,
            name: read.required_text("name")?,
            settings: ProgrammeSettings {
                authority: read.flag("authority"),
                talk_interval: read.text("talk_interval"),
            },
            file: read.text("file"),
        })
    }
}
