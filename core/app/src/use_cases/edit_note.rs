//! Opening an entry, and saving its note as the editor left it.

use feltbog_domain::{DocumentId, DocumentKind, EntryState};
use feltbog_notes::{Document, Heads};

use crate::device::Device;
use crate::error::AppError;
use crate::reading::Read;
use crate::use_cases::log_entry::Logged;
use crate::use_cases::show_case::EntryView;

/// An entry, opened to be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedEntry {
    /// The entry.
    pub entry: EntryView,
    /// The state that was opened: a save names it, so that others' words stay.
    pub heads: Vec<String>,
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
        let heads = Document::load(row.kind, &row.saved)?.heads().to_hex();
        let opened = OpenedEntry { entry: self.entry_view(entry)?, heads };
        self.note_reads(vec![Read::entry(row.folder, entry)])?;
        Ok(opened)
    }

    /// Saves the note of an entry. What others wrote since the editor opened it stays: the two are merged.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`], or the document refuses; nothing is changed then.
    pub fn edit_note(&mut self, entry: DocumentId, text: &str, heads: &[String]) -> Result<Logged, AppError> {
        let opened = Heads::from_hex(heads)
            .map_err(|_| AppError::Unclear("notatet blev åbnet på en måde, der ikke forstås".into()))?;
        let editor = self.editor();
        self.store.write(|w| {
            let row = w.document(entry)?.filter(|row| row.kind == DocumentKind::Entry).ok_or(AppError::UnknownEntry)?;
            let folder = w.folder(row.folder)?.ok_or(AppError::UnknownEntry)?;
            if folder.closed {
                return Err(AppError::FolderClosed);
            }
            editor.edit(w, &folder, entry, DocumentKind::Entry, |document, actor| {
                document.edit_note(actor, &opened, text)
            })
        })?;
        let sent = self.store.reader().is_sent(entry)?;
        Ok(Logged { entry, state: if sent { EntryState::Sent } else { EntryState::LocalOnly }, warning: None })
    }
}
