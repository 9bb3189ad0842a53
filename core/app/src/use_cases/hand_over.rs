//! A caseload moves to a colleague.

use feltbog_domain::{EntryFields, EntryKind, FolderKind, MemberId, Moment, Rights, Role, Standing};
use feltbog_notes::{RegisterFields, document_id};
use feltbog_protocol::RevokeReason;
use feltbog_sealing::random_id;
use feltbog_store::{OwedGrant, OwedRevoke, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case};
use crate::register::keep_register;
use crate::staff_names::StaffNames;
use crate::use_cases::new_case::write_profile;

/// Who gives, who takes, what.
#[derive(Debug, Clone, Default)]
pub struct HandOverWish {
    /// Name of the colleague who gives the cases away.
    pub from: String,
    /// Name of the colleague who takes them.
    pub to: String,
    /// Id or number of one case; all of them when absent.
    pub case: Option<String>,
}

/// A colleague, found by name.
pub(crate) struct Person {
    pub(crate) member: MemberId,
    pub(crate) name: String,
}

impl Device {
    /// Hands cases over; what shuts one out and lets the other in is signed at the next exchange. Returns how many cases
    /// moved.
    ///
    /// # Errors
    /// Unknown names; a receiver who is no consultant; cases this device does not manage. Nothing is changed then.
    pub fn hand_over(&mut self, wish: &HandOverWish) -> Result<u32, AppError> {
        let (from, to) = (self.person(&wish.from)?, self.person(&wish.to)?);
        if from.member == to.member {
            return Err(AppError::Unclear("borgerne kan ikke overdrages til den, der har dem".into()));
        }
        let cases = self.cases_of(&from, wish.case.as_deref())?;
        let editor = self.editor();
        let mut moves = Vec::with_capacity(cases.len());
        for case in cases {
            let (grants, revokes) = self.handover_of(&case, &from, &to)?;
            moves.push((case, grants, revokes));
        }
        self.store.write(|w| {
            for (case, grants, revokes) in &moves {
                grants.iter().try_for_each(|grant| w.owe_grant(*grant))?;
                name_on_profile(w, editor, case, &from, &to)?;
                name_in_register(w, editor, case, &from, &to)?;
                note_on_timeline(w, editor, case, &from, &to)?;
                // Last, so that what was just written goes ahead of it.
                revokes.iter().try_for_each(|revoke| w.owe_revoke(*revoke))?;
            }
            keep_register(w, editor)
        })?;
        Ok(u32::try_from(moves.len()).unwrap_or(u32::MAX))
    }

    pub(crate) fn person(&self, name: &str) -> Result<Person, AppError> {
        let member = StaffNames::load(&self.store.reader(), &self.roster)?.find(name, &self.roster)?;
        let name = self.staff_name(member)?.ok_or(AppError::UnknownMember)?;
        Ok(Person { member, name })
    }

    /// The named case, or every case whose employment side the giver may open without holding an office.
    fn cases_of(&self, from: &Person, case: Option<&str>) -> Result<Vec<CaseFolders>, AppError> {
        let r = self.store.reader();
        if let Some(case) = case {
            let found = find_case(&r, case)?;
            let has =
                found.of(FolderKind::Employment).map(|folder| r.lasting_rights(folder.id, from.member)).transpose()?;
            return match has.flatten() {
                Some(_) => Ok(vec![found]),
                None => Err(AppError::Unclear(format!("{} har ikke borgeren", from.name))),
            };
        }
        let mut cases = Vec::new();
        for row in r.case_folders()? {
            let Some(folder) = r.folder(row.folder)? else { continue };
            let has = r.lasting_rights(folder.id, from.member)?.is_some();
            if folder.kind == FolderKind::Employment
                && has
                && !self.by_office(folder.kind, folder.programme, from.member)
            {
                cases.push(find_case(&r, &row.case.to_string())?);
            }
        }
        Ok(cases)
    }

    pub(crate) fn by_office(&self, kind: FolderKind, programme: feltbog_domain::ProgrammeId, member: MemberId) -> bool {
        kind.standing(programme, self.roster.roles(member)) == Standing::ByOffice
    }

    fn handover_of(
        &self,
        case: &CaseFolders,
        from: &Person,
        to: &Person,
    ) -> Result<(Vec<OwedGrant>, Vec<OwedRevoke>), AppError> {
        let programme = case.head.programme;
        let roles = self.roster.roles(to.member);
        if !roles.iter().any(|grant| grant.role == Role::Consultant && grant.programme == programme) {
            return Err(AppError::Unclear(format!("{} er ikke konsulent i programmet", to.name)));
        }
        let (mut grants, mut revokes) = (Vec::new(), Vec::new());
        let r = self.store.reader();
        let handed = |kind| matches!(kind, FolderKind::Employment | FolderKind::Shared);
        for folder in case.folders.iter().filter(|folder| handed(folder.kind)) {
            if !r.rights(folder.id, self.me())?.is_some_and(|rights| rights.covers(Rights::MANAGE)) {
                return Err(AppError::NotAllowed("overdrage borgeren"));
            }
            if let (None, Some(rights)) =
                (r.lasting_rights(folder.id, to.member)?, folder.kind.most_rights(folder.programme, roles))
            {
                grants.push(OwedGrant { folder: folder.id, member: to.member, rights, cover: None });
            }
            let has = r.rights(folder.id, from.member)?.is_some();
            if has && !self.by_office(folder.kind, folder.programme, from.member) {
                let (folder, member, to) = (folder.id, Some(from.member), Some(to.member));
                revokes.push(OwedRevoke { folder, member, reason: RevokeReason::HandedOver, to });
            }
        }
        Ok((grants, revokes))
    }
}

/// Whoever has the case from now on reads from whom it came.
fn note_on_timeline(
    w: &Writer<'_>,
    editor: Editor,
    case: &CaseFolders,
    from: &Person,
    to: &Person,
) -> Result<(), AppError> {
    let Some(employment) = case.of(FolderKind::Employment) else { return Ok(()) };
    let at = Moment::from_unix_ms(editor.now_ms);
    let fields = EntryFields::new(EntryKind::Handover, at);
    let note = format!("Overdraget fra {} til {}.", from.name, to.name);
    editor.write_new_entry(w, employment, random_id(), &fields, &note)
}

fn name_on_profile(
    w: &Writer<'_>,
    editor: Editor,
    case: &CaseFolders,
    from: &Person,
    to: &Person,
) -> Result<(), AppError> {
    let Some(employment) = case.of(FolderKind::Employment) else { return Ok(()) };
    let Some(mut row) = w.profiles()?.into_iter().find(|row| row.folder == employment.id) else { return Ok(()) };
    if row.profile.consultant.as_deref().is_none_or(|name| name == from.name) {
        row.profile.consultant = Some(to.name.clone());
        write_profile(w, editor, employment, &row.profile)?;
    }
    Ok(())
}

/// The register names who works on a case, and whoever it names is let in again: the giver's name has to go.
fn name_in_register(
    w: &Writer<'_>,
    editor: Editor,
    case: &CaseFolders,
    from: &Person,
    to: &Person,
) -> Result<(), AppError> {
    let Some(row) = w.register_rows()?.into_iter().find(|row| row.case == case.head.case) else { return Ok(()) };
    let Some(register) = w.folder(row.folder)? else { return Ok(()) };
    let mut consultants: Vec<String> = row.consultants.into_iter().filter(|name| *name != from.name).collect();
    if !consultants.contains(&to.name) {
        consultants.push(to.name.clone());
    }
    let fields = RegisterFields {
        case: row.case,
        number: row.number,
        name: row.name,
        folders: row.folders,
        consultants,
        therapists: row.therapists,
    };
    let kind = feltbog_domain::DocumentKind::RegisterRow;
    let id = document_id(register.id, kind, &row.case.to_string());
    editor.edit(w, &register, id, kind, |document, actor| document.write_register_row(actor, &fields))?;
    Ok(())
}
