//! A caseload moves to a colleague.

use feltbog_domain::{EntryFields, EntryKind, FolderKind, MemberId, Moment, Rights, Role, Side, Standing};
use feltbog_protocol::RevokeReason;
use feltbog_sealing::random_id;
use feltbog_store::{OwedGrant, OwedRevoke, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::{CaseFolders, find_case};
use crate::register::{change_rows, keep_register};
use crate::staff_names::StaffNames;
use crate::use_cases::new_case::write_profile;
use crate::use_cases::own_facts::facts;

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
    /// Unknown names; a receiver who does not work on that side; cases this device does not manage. Nothing is changed then.
    pub fn hand_over(&mut self, wish: &HandOverWish) -> Result<u32, AppError> {
        let (from, to) = (self.person(&wish.from)?, self.person(&wish.to)?);
        if from.member == to.member {
            return Err(AppError::Unclear("borgerne kan ikke overdrages til den, der har dem".into()));
        }
        let cases = self.cases_of(&from, wish.case.as_deref())?;
        let editor = self.editor();
        let mut moves = Vec::with_capacity(cases.len());
        for (case, side) in cases {
            moves.push(self.move_of(case, side, &from, &to)?);
        }
        self.store.write(|w| {
            for step in &moves {
                step.grants.iter().try_for_each(|grant| w.owe_grant(*grant))?;
                step.name_on_profile(w, editor, &from, &to)?;
                step.name_in_register(w, editor, &from, &to)?;
                step.note_on_timeline(w, editor, &from, &to)?;
                // Last, so that what was just written goes ahead of it.
                step.revokes.iter().try_for_each(|revoke| w.owe_revoke(*revoke))?;
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

    /// The named case, or every case whose own side the giver may open without holding an office; with the side it moves on.
    fn cases_of(&self, from: &Person, case: Option<&str>) -> Result<Vec<(CaseFolders, Side)>, AppError> {
        let r = self.store.reader();
        if let Some(case) = case {
            let found = find_case(&r, case)?;
            return match self.side_of(&found, from)? {
                Some(side) => Ok(vec![(found, side)]),
                None => Err(AppError::Unclear(format!("{} har ikke borgeren", from.name))),
            };
        }
        let mut cases = Vec::new();
        for row in r.case_folders()? {
            let Some(folder) = r.folder(row.folder)? else { continue };
            let Some(side) = folder.kind.own_side() else { continue };
            let has = r.lasting_rights(folder.id, from.member)?.is_some();
            if has && !self.by_office(folder.kind, folder.programme, from.member) {
                cases.push((find_case(&r, &row.case.to_string())?, side));
            }
        }
        Ok(cases)
    }

    /// On which side somebody has a case.
    fn side_of(&self, case: &CaseFolders, from: &Person) -> Result<Option<Side>, AppError> {
        let r = self.store.reader();
        for folder in &case.folders {
            if let (Some(side), Some(_)) = (folder.kind.own_side(), r.lasting_rights(folder.id, from.member)?) {
                return Ok(Some(side));
            }
        }
        Ok(None)
    }

    pub(crate) fn by_office(&self, kind: FolderKind, programme: feltbog_domain::ProgrammeId, member: MemberId) -> bool {
        kind.standing(programme, self.roster.roles(member)) == Standing::ByOffice
    }

    fn move_of(&self, case: CaseFolders, side: Side, from: &Person, to: &Person) -> Result<Move, AppError> {
        let (programme, role) = (case.head.programme, worker_of(side));
        let roles = self.roster.roles(to.member);
        if !roles.iter().any(|grant| grant.role == role && grant.programme == programme) {
            return Err(AppError::Unclear(format!("{} er ikke {} i programmet", to.name, role.danish())));
        }
        let (mut grants, mut revokes) = (Vec::new(), Vec::new());
        let r = self.store.reader();
        let handed = |kind| kind == FolderKind::Shared || kind == FolderKind::own_of(side);
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
        Ok(Move { case, side, grants, revokes })
    }
}

/// Who works on the cases of a side.
const fn worker_of(side: Side) -> Role {
    match side {
        Side::Employment => Role::Consultant,
        Side::Treatment => Role::Treatment,
    }
}

/// One case on its way to a colleague, on one side.
struct Move {
    case: CaseFolders,
    side: Side,
    grants: Vec<OwedGrant>,
    revokes: Vec<OwedRevoke>,
}

impl Move {
    /// Whoever has the case from now on reads from whom it came.
    fn note_on_timeline(&self, w: &Writer<'_>, editor: Editor, from: &Person, to: &Person) -> Result<(), AppError> {
        let Some(folder) = self.case.of(FolderKind::own_of(self.side)) else { return Ok(()) };
        let fields = EntryFields::new(EntryKind::Handover, Moment::from_unix_ms(editor.now_ms));
        let note = format!("Overdraget fra {} til {}.", from.name, to.name);
        editor.write_new_entry(w, folder, random_id(), &fields, &note)
    }

    /// The profile is the employment side's.
    fn name_on_profile(&self, w: &Writer<'_>, editor: Editor, from: &Person, to: &Person) -> Result<(), AppError> {
        let folder = self.case.of(FolderKind::Employment).filter(|_| self.side == Side::Employment);
        let Some(employment) = folder else { return Ok(()) };
        let Some(mut profile) = facts(w, employment)? else { return Ok(()) };
        if profile.consultant.as_deref().is_none_or(|name| name == from.name) {
            profile.consultant = Some(to.name.clone());
            write_profile(w, editor, employment, &profile)?;
        }
        Ok(())
    }

    /// The register names who works on a case, and whoever it names is let in again: the giver's name has to go.
    fn name_in_register(&self, w: &Writer<'_>, editor: Editor, from: &Person, to: &Person) -> Result<(), AppError> {
        change_rows(w, editor, self.case.head.case, |row| {
            let list = if self.side == Side::Employment { &mut row.consultants } else { &mut row.therapists };
            list.retain(|name| *name != from.name);
            if !list.contains(&to.name) {
                list.push(to.name.clone());
            }
        })
    }
}
