//! Putting a member to work on a case.

use feltbog_domain::{FolderKind, MemberId, Rights, Role};
use feltbog_store::{FolderRow, OwedGrant, Writer};

use crate::debts::assigned_kinds;
use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case};
use crate::register::{change_rows, keep_register};
use crate::staff_names::StaffNames;
use crate::use_cases::new_case::write_profile;
use crate::use_cases::own_facts::facts;

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
        let (r, roles) = (self.store.reader(), self.roster.roles(member));
        let open: Vec<&FolderRow> = case.folders.iter().filter(|folder| kinds.contains(&folder.kind)).collect();
        if open.is_empty() {
            return Err(AppError::NoConsent);
        }
        let (mut owed, mut managed) = (Vec::new(), 0);
        for folder in &open {
            if !r.rights(folder.id, self.me())?.is_some_and(|rights| rights.covers(Rights::MANAGE)) {
                continue;
            }
            managed += 1;
            if r.lasting_rights(folder.id, member)?.is_none() {
                let rights = folder.kind.most_rights(folder.programme, roles);
                owed.extend(rights.map(|rights| OwedGrant { folder: folder.id, member, rights, cover: None }));
            }
        }
        // A treatment worker manages the own side's folder only; what is shared follows from the leader's register.
        if managed == 0 || (role == Role::Consultant && managed < open.len()) {
            return Err(AppError::NotAllowed("tildele borgeren"));
        }
        Ok(owed)
    }
}

fn name_on_profile(w: &Writer<'_>, editor: Editor, case: &CaseFolders, role: Role, name: &str) -> Result<(), AppError> {
    let Some(employment) = case.of(FolderKind::Employment) else { return Ok(()) };
    let Some(mut profile) = facts(w, employment)? else { return Ok(()) };
    match role {
        Role::Consultant => profile.consultant = Some(name.to_owned()),
        Role::Treatment => profile.therapist = Some(name.to_owned()),
        _ => return Ok(()),
    }
    write_profile(w, editor, employment, &profile).map(|_| ())
}

fn name_in_register(
    w: &Writer<'_>,
    editor: Editor,
    case: &CaseFolders,
    role: Role,
    name: &str,
) -> Result<(), AppError> {
    change_rows(w, editor, case.head.case, |row| {
        let list = if role == Role::Consultant { &mut row.consultants } else { &mut row.therapists };
        if !list.iter().any(|known| known == name) {
            list.push(name.to_owned());
        }
    })
}
