//! A case ends.

use feltbog_domain::{CaseId, FolderKind};

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::use_cases::new_case::write_profile;

impl Device {
    /// Closes a case: today is its last day. Entries can still be written afterwards; work ends later than a case does.
    /// Returns the case.
    ///
    /// # Errors
    /// An unknown case, one that is closed already, a missing reason, or a side that does not keep the case.
    pub fn close_case(&mut self, case: &str, reason: &str) -> Result<CaseId, AppError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(AppError::Unclear("skriv, hvorfor forløbet slutter".into()));
        }
        let case = find_case(&self.store.reader(), case)?;
        let employment = case.of(FolderKind::Employment).ok_or(AppError::NotAllowed("afslutte borgeren"))?.clone();
        let profiles = self.store.reader().profiles()?;
        let mut profile =
            profiles.into_iter().find(|row| row.folder == employment.id).map(|row| row.profile).unwrap_or_default();
        if profile.exited_on.is_some() {
            return Err(AppError::Unclear("forløbet er allerede afsluttet".into()));
        }
        profile.exited_on = Some(self.now().date());
        profile.exit_reason = Some(reason.to_owned());
        let editor = self.editor();
        self.store.write(|w| write_profile(w, editor, &employment, &profile))?;
        Ok(case.head.case)
    }
}
