//! A journal entry.

use std::collections::BTreeMap;

use automerge::ReadDoc;
use feltbog_domain::{DocumentKind, EntryFields, EntryKind, Outcome};

use crate::change::{ActorBytes, Change, debug_without_content};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::note_edit::{check_note_length, note_object, write_note};
use crate::registers::Registers;

/// An entry as it reads now.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryReading {
    /// The fields; where two devices differ, the value automerge shows.
    pub fields: EntryFields,
    /// The note.
    pub note: String,
    /// Each field with more than one concurrent value, as text, the shown one first.
    pub conflicts: BTreeMap<String, Vec<String>>,
}
debug_without_content!(EntryReading);

impl Document {
    /// Writes an entry: creates it, or updates what differs from the newest state.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_entry(
        &mut self,
        actor: ActorBytes,
        fields: &EntryFields,
        note: &str,
    ) -> Result<Option<Change>, NotesError> {
        self.edit_entry(actor, &Heads::newest(), fields, note)
    }

    /// Saves a form that was opened some time ago: what differs from the opened state is written against it. A field
    /// that somebody else changed meanwhile stays, unless the form changed it too: then both values are kept.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn edit_entry(
        &mut self,
        actor: ActorBytes,
        opened: &Heads,
        fields: &EntryFields,
        note: &str,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Entry)?;
        check_note_length(note)?;
        self.commit(actor, opened, |tx| {
            registers(fields).write(tx)?;
            write_note(tx, note)
        })
    }

    /// Reads an entry.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while its kind or time is not here.
    pub fn entry(&self) -> Result<EntryReading, NotesError> {
        self.require(DocumentKind::Entry)?;
        let note = note_object(&self.automerge).ok_or(NotesError::Unreadable)?;
        let note = self.automerge.text(note).map_err(|_| NotesError::Unreadable)?;
        Ok(EntryReading { fields: self.entry_fields()?, note, conflicts: self.conflicts() })
    }

    fn entry_fields(&self) -> Result<EntryFields, NotesError> {
        let read = self.reader();
        Ok(EntryFields {
            kind: EntryKind::from_code(&read.required_text("kind")?),
            at: read.required("at")?,
            minutes: read.number("minutes"),
            place: read.text("place"),
            employer: read.parsed("employer"),
            contact_person: read.text("contact_person"),
            face_to_face: read.flag("face_to_face"),
            outcome: read.text("outcome").map(|code| Outcome::from_code(&code)),
            hours_per_week: read.number("hours_per_week"),
            job_title: read.text("job_title"),
            permanent: read.flag("permanent"),
            recorded_by: read.text("recorded_by"),
        })
    }
}

/// The fields as registers, in the order they are written.
pub(crate) fn registers(fields: &EntryFields) -> Registers {
    Registers::default()
        .text("kind", fields.kind.code())
        .text("at", fields.at.to_string())
        .number("minutes", fields.minutes)
        .optional_text("place", fields.place.as_ref())
        .optional_text("employer", fields.employer)
        .optional_text("contact_person", fields.contact_person.as_ref())
        .flag("face_to_face", fields.face_to_face)
        .optional_text("outcome", fields.outcome.as_ref().map(Outcome::code))
        .number("hours_per_week", fields.hours_per_week)
        .optional_text("job_title", fields.job_title.as_ref())
        .flag("permanent", fields.permanent)
        .optional_text("recorded_by", fields.recorded_by.as_ref())
}
