//! *Læg i din egen mappe*: what was meant to be shared when the consent had been withdrawn.

use feltbog_domain::{DocumentId, FolderKind, Rights};
use feltbog_notes::Document;
use feltbog_protocol::RefusalCode;
use feltbog_store::{FolderRow, Unresolved};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::use_cases::deposits::copy_entry;

impl Device {
    /// Entries that could not be shared any more and wait for their writer.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn asks(&self) -> Result<Vec<DocumentId>, AppError> {
        let r = self.store.reader();
        let mut found = Vec::new();
        for refused in self.unshared()? {
            for (document, _) in refused.documents {
                if r.entry(document)?.is_some() {
                    found.push(document);
                }
            }
        }
        Ok(found)
    }

    fn unshared(&self) -> Result<Vec<Unresolved>, AppError> {
        let refused = self.store.reader().unresolved()?;
        Ok(refused.into_iter().filter(|refused| refused.code == RefusalCode::FolderClosed).collect())
    }

    /// Moves an entry that could not be shared to its writer's own side. Returns the entry it is there.
    ///
    /// # Errors
    /// [`AppError::UnknownEntry`] when nothing of it waits, or no own side is open.
    pub fn keep_entry(&mut self, entry: DocumentId) -> Result<DocumentId, AppError> {
        let waits = |refused: &Unresolved| refused.documents.iter().any(|(document, _)| *document == entry);
        let refused: Vec<Unresolved> = self.unshared()?.into_iter().filter(waits).collect();
        let first = refused.first().ok_or(AppError::UnknownEntry)?;
        let target = self.own_folder_beside(first)?;
        let editor = self.editor();
        self.store.write(|w| {
            let mut kept = None;
            for row in &refused {
                for (document, _) in &row.documents {
                    let Some(stored) = w.document(*document)? else { continue };
                    let copied = copy_entry(w, editor, &target, &Document::load(stored.kind, &stored.saved)?, None)?;
                    w.forget_unplaced(*document)?;
                    kept = if *document == entry { copied } else { kept };
                }
                w.resolve(row.envelope.header().dseq)?;
            }
            kept.ok_or(AppError::UnknownEntry)
        })
    }

    fn own_folder_beside(&self, refused: &Unresolved) -> Result<FolderRow, AppError> {
        let r = self.store.reader();
        let shared = refused.envelope.header().folder;
        let case = r.case_of_folder(shared)?.ok_or(AppError::UnknownCase)?;
        let case = find_case(&r, &case.case.to_string())?;
        for kind in [FolderKind::Employment, FolderKind::Treatment] {
            if let Some(own) = case.of(kind)
                && r.rights(own.id, self.me())?.is_some_and(|rights| rights.covers(Rights::WRITE))
            {
                return Ok(own.clone());
            }
        }
        Err(AppError::NotAllowed("skrive i borgerens mappe"))
    }
}
