//! Beginning a programme, or giving the first one its name.

use feltbog_domain::{DocumentKind, FolderKind, ProgrammeId, Role};
use feltbog_notes::{ProgrammeFields, document_id};
use feltbog_protocol::{CertificateBundle, Issuer, Statement};
use feltbog_sealing::random_id;
use feltbog_store::{FolderRow, Reader, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::make_folder;

impl Device {
    /// Begins a programme; its founder leads it. The programme that `setup` made without a name is named instead.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member administrates or leads; a name that exists already.
    pub fn new_programme(&mut self, name: &str) -> Result<ProgrammeId, AppError> {
        self.must_know_the_roster()?;
        let name = crate::enrolment::person_name(name)?;
        if !self.my_roles().iter().any(|g| matches!(g.role, Role::Administrator | Role::Leader)) {
            return Err(AppError::NotAllowed("oprette et program"));
        }
        if self.store.reader().programmes()?.iter().any(|p| p.name.to_lowercase() == name.to_lowercase()) {
            return Err(AppError::Unclear("der er allerede et program med det navn".into()));
        }
        let editor = self.editor();
        if let Some(unnamed) = self.unnamed_programme()? {
            self.store.write(|w| name_programme(w, editor, unnamed, &name))?;
            return Ok(unnamed);
        }
        let programme = random_id();
        let statement = self.signing.certify(
            self.identity.tenant,
            Issuer::Device(self.identity.device),
            &Statement::Programme { programme },
        );
        self.publish_certificates(&CertificateBundle { statements: vec![statement] })?;
        self.store.write(|w| furnish_programme(w, editor, programme, Some(&name)))?;
        Ok(programme)
    }

    fn unnamed_programme(&self) -> Result<Option<ProgrammeId>, AppError> {
        let named = self.store.reader().programmes()?;
        let mine = self.my_roles().iter().filter(|g| g.role == Role::Leader).map(|g| g.programme);
        Ok(mine.into_iter().find(|id| !named.iter().any(|p| p.id == *id)))
    }
}

/// Makes a programme's own folders, and its name where it has one.
pub(crate) fn furnish_programme(
    w: &Writer<'_>,
    editor: Editor,
    programme: ProgrammeId,
    name: Option<&str>,
) -> Result<(), AppError> {
    make_folder(w, editor, FolderKind::Employers, programme)?;
    make_folder(w, editor, FolderKind::Register, programme)?;
    name.map_or(Ok(()), |name| name_programme(w, editor, programme, name))
}

fn name_programme(w: &Writer<'_>, editor: Editor, programme: ProgrammeId, name: &str) -> Result<(), AppError> {
    let staff = staff_folder(w)?.ok_or(AppError::NothingFetchedYet)?;
    let id = document_id(staff.id, DocumentKind::Programme, &programme.to_string());
    editor.edit(w, &staff, id, DocumentKind::Programme, |document, actor| {
        let (settings, file) = document.programme().map(|known| (known.settings, known.file)).unwrap_or_default();
        document.write_programme(actor, &ProgrammeFields { programme, name: name.to_owned(), settings, file })
    })?;
    Ok(())
}

/// The municipality's staff folder, if its key is here.
pub(crate) fn staff_folder(r: &Reader<'_>) -> Result<Option<FolderRow>, AppError> {
    Ok(r.folders_of(FolderKind::Staff, ProgrammeId::NONE)?.into_iter().next())
}
