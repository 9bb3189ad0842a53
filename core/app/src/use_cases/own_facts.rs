//! A case's own facts, changed from what the document says.

use feltbog_domain::{CaseId, CaseProfile, DocumentKind, FolderKind};
use feltbog_notes::{Document, document_id};
use feltbog_store::{FolderRow, Reader};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::use_cases::new_case::write_profile;

impl Device {
    /// Changes the facts of a case; `what` says what was tried, for a side that does not keep them.
    pub(crate) fn change_facts(
        &mut self,
        case: &str,
        what: &'static str,
        change: impl FnOnce(&mut CaseProfile) -> Result<(), AppError>,
    ) -> Result<CaseId, AppError> {
        let case = find_case(&self.store.reader(), case)?;
        let employment = case.of(FolderKind::Employment).ok_or(AppError::NotAllowed(what))?.clone();
        let mut profile = facts(&self.store.reader(), &employment)?.unwrap_or_default();
        change(&mut profile)?;
        let editor = self.editor();
        self.store.write(|w| write_profile(w, editor, &employment, &profile))?;
        Ok(case.head.case)
    }
}

/// From the document and not from the read model, which may not show yet what a newer version wrote: writing that back
/// would take it away.
pub(crate) fn facts(r: &Reader<'_>, employment: &FolderRow) -> Result<Option<CaseProfile>, AppError> {
    let id = document_id(employment.id, DocumentKind::Profile, "profile");
    let Some(row) = r.document(id)? else { return Ok(None) };
    Ok(Some(Document::load(DocumentKind::Profile, &row.saved)?.profile()?))
}
