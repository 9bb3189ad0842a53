//! Where a colleague is employed: a region's people are members of the municipality they work for.

use feltbog_domain::{DocumentKind, Rights};
use feltbog_notes::{StaffFields, document_id};

use crate::device::Device;
use crate::error::AppError;
use crate::new_programme::staff_folder;
use crate::use_cases::entry_wish::line;

impl Device {
    /// Says where a colleague is employed; nothing typed takes it away. It opens nothing: that follows from roles. It stands
    /// among the members, and beside the reader's role where a citizen is told who has read.
    ///
    /// # Errors
    /// An unknown name, one that is too long, and [`AppError::NotAllowed`] for whoever may not write in the list of the staff.
    pub fn set_organisation(&mut self, name: &str, organisation: Option<&str>) -> Result<(), AppError> {
        let person = self.person(name)?;
        let organisation = line(organisation, "organisationens navn")?;
        let editor = self.editor();
        self.store.write(|w| {
            let may_write =
                |id| Ok::<_, AppError>(w.rights(id, editor.member)?.is_some_and(|r| r.covers(Rights::WRITE)));
            let Some(staff) = staff_folder(w)?.filter(|staff| may_write(staff.id).unwrap_or(false)) else {
                return Err(AppError::NotAllowed("skrive, hvor kolleger er ansat"));
            };
            let id = document_id(staff.id, DocumentKind::Staff, &person.member.to_string());
            editor.edit(w, &staff, id, DocumentKind::Staff, |document, actor| {
                let fields = StaffFields { organisation, ..document.staff()? };
                document.write_staff(actor, &fields)
            })?;
            Ok(())
        })
    }
}
