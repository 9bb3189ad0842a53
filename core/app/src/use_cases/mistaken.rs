//! *Fejlregistreret*: nothing is deleted by editing; what was written by mistake stays readable and counts for nothing.

use feltbog_domain::{DocumentId, EntryFields, EntryKind};
use feltbog_sealing::random_id;

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::entry_wish::line;
use crate::use_cases::log_entry::Logged;

impl Device {
    /// Marks an entry as written by mistake. Also a journalised one: the journal's own system is told by whoever marks it.
    ///
    /// # Errors
    /// An unknown entry, or no reason.
    pub fn mark_mistaken(&mut self, entry: DocumentId, reason: &str) -> Result<Logged, AppError> {
        let reason = line(Some(reason), "grunden")?
            .ok_or_else(|| AppError::Unclear("skriv kort, hvad der er forkert".into()))?;
        let mut logged = self.rewrite(entry, |fields| {
            fields.marks.mistaken = Some(reason);
            Ok(())
        })?;
        if self.fields_of(entry)?.marks.is_journalised() {
            logged.warning = Some("Den står i journalen. Ret den også i fagsystemet.".into());
        }
        Ok(logged)
    }

    /// Takes the mark away: the entry counts again.
    ///
    /// # Errors
    /// An unknown entry.
    pub fn not_mistaken(&mut self, entry: DocumentId) -> Result<Logged, AppError> {
        self.rewrite(entry, |fields| {
            fields.marks.mistaken = None;
            Ok(())
        })
    }

    /// Writes an addendum beside an entry: how a journalised one is corrected or added to. It lies where the entry lies.
    ///
    /// # Errors
    /// An unknown entry, an empty text, or a folder that takes nothing new.
    pub fn add_addendum(&mut self, entry: DocumentId, text: &str) -> Result<Logged, AppError> {
        if text.trim().is_empty() {
            return Err(AppError::Unclear("tilføjelsen er tom".into()));
        }
        let folder = self.writable_folder(entry)?;
        let (editor, addendum) = (self.editor(), random_id());
        let note = EntryFields::new(EntryKind::Note, self.now());
        let fields = EntryFields { addendum_to: Some(entry), ..note };
        self.store.write(|w| editor.write_new_entry(w, &folder, addendum, &fields, text.trim_end()))?;
        self.as_logged(addendum)
    }

    /// *Læst sammen*: the note was read together with the citizen now.
    ///
    /// # Errors
    /// An unknown entry.
    pub fn read_together(&mut self, entry: DocumentId) -> Result<Logged, AppError> {
        let now = self.now();
        self.rewrite(entry, |fields| {
            fields.marks.read_together_at = Some(now);
            Ok(())
        })
    }
}
