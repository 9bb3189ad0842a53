//! What somebody has begun to write: kept here, encrypted with everything else, until it is saved or thrown away.
//!
//! It is nobody's business but the writer's: it is neither sent nor handed in, and goes with the folders it speaks of.

use std::collections::BTreeSet;

use feltbog_domain::{DocumentId, FolderId};
use feltbog_store::{DraftRow, Reader};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;

impl Device {
    /// Everything that was begun.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, AppError> {
        Ok(self.store.reader().drafts()?)
    }

    /// Keeps what stands in a form. `speaks_of` are the cases and entries it is about, by id or number; one that is not
    /// here ties it to nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_draft(&mut self, about: &str, text: &str, speaks_of: &[String]) -> Result<(), AppError> {
        let mut folders = BTreeSet::new();
        for one in speaks_of {
            folders.extend(folders_of(&self.store.reader(), one)?);
        }
        let (draft, folders) = (DraftRow { about: about.into(), text: text.into() }, Vec::from_iter(folders));
        self.store.write(|w| Ok(w.keep_draft(&draft, &folders)?))
    }

    /// It was saved, or thrown away by hand.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn drop_draft(&mut self, about: &str) -> Result<(), AppError> {
        self.store.write(|w| Ok(w.drop_draft(about)?))
    }

    /// Saves what a draft became: both happen or neither, so that a battery that goes flat between them leaves no draft of
    /// something that is there already.
    pub(crate) fn saving_from<T>(
        &mut self,
        draft: Option<&str>,
        save: impl FnOnce(&mut Self) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        self.store.becomes_saved(draft.map(str::to_owned));
        let saved = save(self);
        self.store.becomes_saved(None);
        saved
    }
}

fn folders_of(r: &Reader<'_>, case_or_entry: &str) -> Result<Vec<FolderId>, AppError> {
    let entry = case_or_entry.parse::<DocumentId>().ok().map(|id| r.document(id)).transpose()?.flatten();
    if let Some(entry) = entry {
        return Ok(vec![entry.folder]);
    }
    match find_case(r, case_or_entry) {
        Ok(case) => Ok(case.folders.iter().map(|folder| folder.id).collect()),
        Err(AppError::UnknownCase | AppError::SeveralCases) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
