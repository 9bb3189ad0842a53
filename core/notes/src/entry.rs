//! A journal entry.

use std::collections::BTreeMap;

use automerge::ReadDoc;
use feltbog_domain::{DocumentKind, EntryFields};

use crate::change::{ActorBytes, Change, debug_without_content};
use crate::document::Document;
use crate::entry_registers::{fields, registers};
use crate::error::NotesError;
use crate::heads::Heads;
use crate::note_edit::{check_note_length, note_object, write_note};
use crate::reader::Reader;

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

    /// Saves the fields alone, against the state the form had opened; the note stays as it is.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn edit_fields(
        &mut self,
        actor: ActorBytes,
        opened: &Heads,
        fields: &EntryFields,
    ) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Entry)?;
        self.commit(actor, opened, |tx| registers(fields).write(tx))
    }

    /// The fields as they were in a state that somebody had opened.
    ///
    /// # Errors
    /// [`NotesError::UnknownHeads`] when that state is not here, [`NotesError::Unreadable`] when it holds no entry yet.
    pub fn fields_at(&self, opened: &Heads) -> Result<EntryFields, NotesError> {
        self.require(DocumentKind::Entry)?;
        if opened.is_empty() || *opened == self.heads() {
            return self.entry_fields();
        }
        let then = self.automerge.fork_at(&opened.to_change_hashes()).map_err(|_| NotesError::UnknownHeads)?;
        fields(&Reader(&then)).ok_or(NotesError::Unreadable)
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
        fields(&self.reader()).ok_or(NotesError::Unreadable)
    }
}
