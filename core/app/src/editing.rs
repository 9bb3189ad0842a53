//! The one way a document changes here: edit, save, queue the change, update the read model, in the caller's transaction.

use feltbog_domain::{DocumentId, DocumentKind, EntryFields, MemberId};
use feltbog_notes::{ActorBytes, Change, Document, FirstEntry, NotesError};
use feltbog_store::{DocumentRow, FolderRow, Writer};

use crate::error::AppError;
use crate::long_note::write_in_parts;
use crate::projection::{project, project_entry};

/// Who edits, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Editor {
    pub(crate) member: MemberId,
    pub(crate) now_ms: i64,
}

/// Place of a writer whose envelope has no place in the log yet: after everybody who has one.
pub(crate) const UNPLACED: u64 = u64::MAX;

impl Editor {
    /// Runs one edit on a document, making the document if it is not there. Returns whether anything changed.
    ///
    /// # Errors
    /// When the document refuses the edit or the database refuses to save; the caller's transaction is then given up.
    pub(crate) fn edit(
        &self,
        w: &Writer<'_>,
        folder: &FolderRow,
        id: DocumentId,
        kind: DocumentKind,
        edit: impl FnOnce(&mut Document, ActorBytes) -> Result<Option<Change>, NotesError>,
    ) -> Result<bool, AppError> {
        let mut document = match w.document(id)? {
            Some(row) => Document::load(kind, &row.saved)?,
            None => Document::new(kind),
        };
        let Some(change) = edit(&mut document, ActorBytes(folder.actor))? else { return Ok(false) };
        w.put_document(&DocumentRow { id, folder: folder.id, kind, saved: document.save() })?;
        w.add_pending(folder.id, id, kind, &change.bytes, self.now_ms)?;
        w.add_author(id, self.member, UNPLACED)?;
        project(w, folder.id, id, &document)?;
        Ok(true)
    }

    /// Writes a new entry under an id nothing lies under yet.
    ///
    /// # Errors
    /// As [`Self::edit`].
    pub(crate) fn write_new_entry(
        &self,
        w: &Writer<'_>,
        folder: &FolderRow,
        id: DocumentId,
        fields: &EntryFields,
        note: &str,
    ) -> Result<(), AppError> {
        let entry = match FirstEntry::write(ActorBytes(folder.actor), fields, note) {
            Err(NotesError::TooLong) => return self.write_long_entry(w, folder, id, fields, note),
            entry => entry?,
        };
        self.keep_new_entry(w, folder, id, entry.save(), &[entry.change()])?;
        project_entry(w, folder.id, id, &entry.into_reading())
    }

    fn write_long_entry(
        &self,
        w: &Writer<'_>,
        folder: &FolderRow,
        id: DocumentId,
        fields: &EntryFields,
        note: &str,
    ) -> Result<(), AppError> {
        let (document, changes) = write_in_parts(ActorBytes(folder.actor), fields, note)?;
        self.keep_new_entry(w, folder, id, document.save(), &changes)?;
        project(w, folder.id, id, &document)
    }

    fn keep_new_entry<'c>(
        &self,
        w: &Writer<'_>,
        folder: &FolderRow,
        id: DocumentId,
        saved: Vec<u8>,
        changes: impl IntoIterator<Item = &'c Change>,
    ) -> Result<(), AppError> {
        w.put_document(&DocumentRow { id, folder: folder.id, kind: DocumentKind::Entry, saved })?;
        for change in changes {
            w.add_pending(folder.id, id, DocumentKind::Entry, &change.bytes, self.now_ms)?;
        }
        Ok(w.add_author(id, self.member, UNPLACED)?)
    }
}
