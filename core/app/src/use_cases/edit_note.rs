//! Opening an entry, and saving its note as the editor left it.

use feltbog_domain::{DocumentId, DocumentKind};
use feltbog_notes::Document;

use crate::both_wrote::{NotePassage, note_if_both_wrote};
use crate::device::Device;
use crate::error::AppError;
use crate::reading::Read;
use crate::use_cases::change_entry::{must_not_be_journalised, opened_heads};
use crate::use_cases::log_entry::Logged;
use crate::use_cases::show_case::EntryView;

/// An entry, opened to be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedEntry {
    /// The entry.
    pub entry: EntryView,
    /// The state that was opened: a save names it, so that others' words stay.
    pub heads: Vec<String>,
    /// The note in passages, where somebody else wrote in it since this member saw it last; else nothing.
    pub passages: Vec<NotePassage>,
}

impl Device {
    /// Opens an entry. It stands in the read log before this returns.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`].
    pub fn open_entry(&mut self, entry: DocumentId) -> Result<OpenedEntry, AppError> {
        let row = self.store.reader().document(entry)?.ok_or(AppError::UnknownEntry)?;
        if row.kind != DocumentKind::Entry {
            return Err(AppError::UnknownEntry);
        }
        let document = Document::load(row.kind, &row.saved)?;
        let (heads, passages) = (document.heads().to_hex(), self.passages(entry, &document)?);
        let opened = OpenedEntry { entry: self.entry_view(entry)?, heads, passages };
        self.note_reads(vec![Read::entry(row.folder, entry)])?;
        Ok(opened)
    }

    /// Saves the note of an entry. What others wrote since the editor opened it stays: the two are merged.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`], [`AppError::Journalised`], or the document refuses; nothing is changed then.
    pub fn edit_note(&mut self, entry: DocumentId, text: &str, heads: &[String]) -> Result<Logged, AppError> {
        let opened = opened_heads(heads)?;
        must_not_be_journalised(&self.fields_of(entry)?)?;
        let folder = self.writable_folder(entry)?;
        let editor = self.editor();
        self.store.write(|w| {
            editor.edit(w, &folder, entry, DocumentKind::Entry, |document, actor| {
                document.edit_note(actor, &opened, text)
            })?;
            // Somebody else wrote while the editor was open: what came from them stands among these words now.
            if !opened.is_empty()
                && let Some(row) = w.document(entry)?
            {
                let document = Document::load(row.kind, &row.saved)?;
                note_if_both_wrote(w, editor.member, &folder, entry, &document, &opened)?;
            }
            Ok::<_, AppError>(())
        })?;
        self.as_logged(entry)
    }
}
