//! Putting a member to work on a case.

use feltbog_domain::{DocumentKind, FolderKind, MemberId, Rights, Role, Standing};
use feltbog_notes::{RegisterFields, document_id};
use feltbog_store::{OwedGrant, Writer};

use crate::debts::assigned_kinds;
use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case};
use crate::register::keep_register;
use crate::staff_names::StaffNames;
use crate::use_cases::new_case::write_profile;

impl Device {
    /// Assigns a member to a case; the grants are signed at the next exchange.
    ///
    /// # Errors
    /// Unknown case or member; a role the member does not hold; no consent for the treatment side.
    pub fn assign(&mut self, case: &str, member: &str, role: Role) -> Result<(), AppError> {
        let case = find_case(&self.store.reader(), case)?;
        let names = StaffNames::load(&self.store.reader(), &self.roster)?;
        let member = names.find(member, &self.roster)?;
        let programme = case.head.programme;
        if !self.roster.roles(member).iter().any(|g| g.role == role && g.programme == programme) {
            return Err(AppError::Unclear(format!("medarbejderen er ikke {} i programmet", role.danish())));
        }
        let name = self.staff_name(member)?.unwrap_or_default();
        let owed = self.grants_for(&case, member, role)?;
        let editor = self.editor();
        self.store.write(|w| {
            for grant in owed {
                w.owe_grant(grant)?;
            }
            name_on_profile(w, editor, &case, role, &name)?;
            keep_register(w, editor)?;
            name_in_register(w, editor, &case, role, &name)
        })
    }

    fn grants_for(&self, case: &CaseFolders, member: MemberId, role: Role) -> Result<Vec<OwedGrant>, AppError> {
        let kinds = assigned_kinds(role);
        if kinds == [FolderKind::Shared] && case.of(FolderKind::Shared).is_none() {
            return Err(AppError::NoConsent);
        }
        let roles = self.roster.roles(member);
        let mut owed = Vec::new();
        for folder in case.folders.iter().filter(|folder| kinds.contains(&folder.kind)) {
            let managed = self.store.reader().rights(folder.id, self.me())?.is_some_and(|r| r.covers(Rights::MANAGE));
            if !managed {
                return Err(AppError::NotAllowed("tildele borgeren"));
            }
            if folder.kind.standing(folder.programme, roles) == Standing::Never {
                continue;
            }
            if self.store.reader().lasting_rights(folder.id, member)?.is_none() {
                owed.extend(folder.kind.most_rights(folder.programme, roles).map(|rights| OwedGrant {
                    folder: folder.id,
                    member,
                    rights,
                    cover: None,
                }));
            }
        }
        Ok(owed)
    }
}

fn name_on_profile(w: &Writer<'_>, editor: Editor, case: &CaseFolders, role: Role, name: &str) -> Result<(), AppError> {
    let Some(employment) = case.of(FolderKind::Employment) else { return Ok(()) };
    let Some(mut row) = w.profiles()?.into_iter().find(|row| row.folder == employment.id) else { return Ok(()) };
    match role {
        Role::Consultant => row.profile.consultant = Some(name.to_owned()),
        Role::Treatment => row.profile.therapist = Some(name.to_owned()),
        _ => return Ok(()),
    }
    write_profile(w, editor, employment, &row.profile).map(|_| ())
}

fn name_in_register(
    w: &Writer<'_>,
    editor: Editor,
    case: &CaseFolders,
    role: Role,
    name: &str,
) -> Result<(), AppError> {
    let Some(row) = w.register_rows()?.into_iter().find(|row| row.case == case.head.case) else { return Ok(()) };
    let Some(register) = w.folder(row.folder)? else { return Ok(()) };
    let (mut consultants, mut therapists) = (row.consultants, row.therapists);
    let list = if role == Role::Consultant { &mut consultants } else { &mut therapists };
    if !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
    let fields = RegisterFields {
        case: row.case,
        number: row.number,
        name: row.name,
        folders: row.folders,
        consultants,
        therapists,
    };
    let id = document_id(register.id, DocumentKind::RegisterRow, &row.case.to_string());
    editor.edit(w, &register, id, DocumentKind::RegisterRow, |document, actor| {
        document.write_register_row(actor, &fields)
    })?;
    Ok(())
}
