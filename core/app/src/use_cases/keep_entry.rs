//! *Læg i din egen mappe*: what was meant to be shared when the consent had been withdrawn.

use feltbog_domain::{DocumentId, FolderKind, Rights};
use feltbog_notes::Document;
use feltbog_protocol::RefusalCode;
use feltbog_store::{FolderRow, Unresolved};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case, make_case_folder};
use crate::put_back::put_back;
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
        let place = self.own_side_beside(first)?;
        let mut unshared = Vec::new();
        for row in &refused {
            let parts = self.opened(&row.envelope)?.into_iter().filter(|part| part.document == entry);
            unshared.extend(parts.flat_map(|part| part.changes));
        }
        let editor = self.editor();
        self.store.write(|w| {
            let stored = w.document(entry)?.ok_or(AppError::UnknownEntry)?;
            let target = match place {
                Place::Folder(folder) => folder,
                Place::New(case) => make_case_folder(w, editor, FolderKind::Treatment, &case.head)?,
            };
            let document = Document::load(stored.kind, &stored.saved)?;
            let kept = copy_entry(w, editor, &target, &document, None)?.ok_or(AppError::UnknownEntry)?;
            put_back(w, entry, &unshared)?;
            for row in &refused {
                w.resolve_document(row.envelope.header().dseq, entry)?;
            }
            Ok(kept)
        })
    }

    fn own_side_beside(&self, refused: &Unresolved) -> Result<Place, AppError> {
        let r = self.store.reader();
        let shared = refused.envelope.header().folder;
        let case = r.case_of_folder(shared)?.ok_or(AppError::UnknownCase)?;
        let case = find_case(&r, &case.case.to_string())?;
        for kind in [FolderKind::Employment, FolderKind::Treatment] {
            if let Some(own) = case.of(kind)
                && r.rights(own.id, self.me())?.is_some_and(|rights| rights.covers(Rights::WRITE))
            {
                return Ok(Place::Folder(own.clone()));
            }
        }
        let is_theirs = FolderKind::Treatment.may_be_made_by(case.head.programme, self.my_roles());
        if is_theirs && case.of(FolderKind::Treatment).is_none() {
            return Ok(Place::New(case));
        }
        Err(AppError::NotAllowed("skrive i borgerens mappe"))
    }
}

/// Where a kept entry goes.
enum Place {
    Folder(FolderRow),
    /// The treatment folder appears with the first entry of that side.
    New(CaseFolders),
}
