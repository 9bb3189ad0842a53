//! The case registers, one for each administration of a programme: every case its leader can open has a row, with who works
//! on it by name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use feltbog_domain::{
    CaseId, DocumentId, DocumentKind, FolderId, FolderKind, MemberId, ProgrammeId, Rights, Role, Side, Standing,
};
use feltbog_notes::{RegisterFields, document_id};
use feltbog_protocol::Roster;
use feltbog_store::{CaseFolderRow, FolderRow, Reader, RegisterReadRow, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;
use crate::folders::make_folder;
use crate::staff_names::StaffNames;

impl Device {
    /// Gives every case that lacks one its row, adds folders the row does not name yet, and follows cases that consultants
    /// handed over themselves. Only devices that hold a register's key have anything to do.
    pub(crate) fn keep_register(&mut self) -> Result<(), AppError> {
        let missing = self.missing_registers()?;
        let (editor, roster) = (self.editor(), &self.roster);
        self.store.write(|w| {
            for programme in missing {
                make_folder(w, editor, FolderKind::TreatmentRegister, programme)?;
            }
            keep_register(w, editor)?;
            follow_handovers(w, editor, roster)
        })
    }

    /// Programmes whose treatment side this member was the first to lead, and has no register for. The employment side's is
    /// made with the programme.
    fn missing_registers(&self) -> Result<Vec<ProgrammeId>, AppError> {
        let mut missing = Vec::new();
        for grant in self.my_roles().iter().filter(|g| g.role == Role::Leader && g.side == Side::Treatment) {
            let known = self.store.reader().folders_of(FolderKind::TreatmentRegister, grant.programme)?;
            if known.is_empty() && self.roster.first_with(*grant) == Some(self.me()) {
                missing.push(grant.programme);
            }
        }
        Ok(missing)
    }
}

pub(crate) fn keep_register(w: &Writer<'_>, editor: Editor) -> Result<(), AppError> {
    let registers: Vec<(Side, FolderRow)> =
        w.folders()?.into_iter().filter_map(|folder| Some((folder.kind.registers()?, folder))).collect();
    if registers.is_empty() {
        return Ok(());
    }
    let present: HashMap<_, RegisterReadRow> =
        w.register_rows()?.into_iter().map(|row| ((row.folder, row.case), row)).collect();
    for (side, register) in registers {
        if !is_kept_here(w, editor, &register)? {
            continue;
        }
        for (_, fields) in wanted_rows(w, side)?.values().filter(|(programme, _)| *programme == register.programme) {
            let row = present.get(&(register.id, fields.case));
            let fields = merged(fields, row);
            if row.is_none_or(|row| row.folders.len() != fields.folders.len()) {
                write_row(w, editor, &register, &fields)?;
            }
        }
    }
    Ok(())
}

/// Changes the rows of a case, in whichever registers this device keeps.
pub(crate) fn change_rows(
    w: &Writer<'_>,
    editor: Editor,
    case: CaseId,
    change: impl Fn(&mut RegisterFields),
) -> Result<(), AppError> {
    for row in w.register_rows()?.into_iter().filter(|row| row.case == case) {
        let Some(register) = w.folder(row.folder)? else { continue };
        if !is_kept_here(w, editor, &register)? {
            continue;
        }
        let before = fields_of(row);
        let mut fields = before.clone();
        change(&mut fields);
        if fields != before {
            write_row(w, editor, &register, &fields)?;
        }
    }
    Ok(())
}

/// A records officer reads a register and keeps none.
fn is_kept_here(r: &Reader<'_>, editor: Editor, register: &FolderRow) -> Result<bool, AppError> {
    Ok(r.folder_key(register.id, register.key_epoch)?.is_some()
        && r.rights(register.id, editor.member)?.is_none_or(|rights| rights.covers(Rights::WRITE)))
}

fn write_row(w: &Writer<'_>, editor: Editor, register: &FolderRow, fields: &RegisterFields) -> Result<(), AppError> {
    let id = row_id(w, register, fields.case)?;
    editor.edit(w, register, id, DocumentKind::RegisterRow, |document, actor| {
        document.write_register_row(actor, fields)
    })?;
    Ok(())
}

/// The row of a case, the same on every device. A case that was erased on one side and is shared with it anew has the next
/// row: nobody takes in anything of an erased document again.
pub(crate) fn row_id(r: &Reader<'_>, register: &FolderRow, case: CaseId) -> Result<DocumentId, AppError> {
    let mut id = document_id(register.id, DocumentKind::RegisterRow, &case.to_string());
    let mut erased = 0_u32;
    while r.is_erased_document(id)? {
        erased += 1;
        id = document_id(register.id, DocumentKind::RegisterRow, &format!("{case} after {erased}"));
    }
    Ok(id)
}

fn fields_of(row: RegisterReadRow) -> RegisterFields {
    RegisterFields {
        case: row.case,
        number: row.number,
        name: row.name,
        folders: row.folders,
        consultants: row.consultants,
        therapists: row.therapists,
    }
}

type Wanted = BTreeMap<CaseId, (ProgrammeId, RegisterFields)>;

/// A row for each case that the side may know of: it has the side's own folder, or on the treatment side what is shared with
/// it. Folders of the other administration stand in no row of this one.
fn wanted_rows(r: &Reader<'_>, side: Side) -> Result<Wanted, AppError> {
    let profiles: HashMap<FolderId, _> = r.profiles()?.into_iter().map(|row| (row.folder, row.profile)).collect();
    let kinds: HashMap<FolderId, FolderKind> =
        r.folders()?.into_iter().map(|folder| (folder.id, folder.kind)).collect();
    let lists = |kind: FolderKind| kind == FolderKind::Shared || kind == FolderKind::own_of(side);
    let heads: Vec<CaseFolderRow> =
        r.case_folders()?.into_iter().filter(|head| kinds.get(&head.folder).copied().is_some_and(lists)).collect();
    let mut rows: Wanted = BTreeMap::new();
    for head in &heads {
        let profile = profiles.get(&head.folder);
        if side == Side::Employment && profile.is_none() {
            continue;
        }
        let (_, row) = rows.entry(head.case).or_insert_with(|| (head.programme, row_of(head)));
        if let Some(profile) = profile {
            row.consultants.extend(profile.consultant.clone());
            row.therapists.extend(profile.therapist.clone());
        }
    }
    for head in heads {
        if let Some((_, row)) = rows.get_mut(&head.case) {
            row.folders.push(head.folder);
        }
    }
    Ok(rows)
}

fn row_of(head: &CaseFolderRow) -> RegisterFields {
    RegisterFields {
        case: head.case,
        number: head.number.clone(),
        name: head.name.clone(),
        folders: Vec::new(),
        consultants: Vec::new(),
        therapists: Vec::new(),
    }
}

/// What the row says already stays: an assignment made by hand is not undone by the profile.
fn merged(wanted: &RegisterFields, present: Option<&RegisterReadRow>) -> RegisterFields {
    let mut fields = wanted.clone();
    if let Some(row) = present {
        fields.consultants = row.consultants.clone();
        fields.therapists = row.therapists.clone();
        fields.folders.extend(row.folders.iter().filter(|id| !wanted.folders.contains(id)));
    }
    fields.folders.sort_unstable();
    fields
}

/// Somebody who handed a case over has no register to say so in. Whoever is named in one is let in again, so the name of a
/// giver goes, and who has the case is named: else a leader's device would undo what a consultant did.
fn follow_handovers(w: &Writer<'_>, editor: Editor, roster: &Roster) -> Result<(), AppError> {
    let rows = w.register_rows()?;
    if rows.is_empty() {
        return Ok(());
    }
    let book = HandoverBook::load(w, roster)?;
    for row in rows {
        let mut fields = fields_of(row.clone());
        book.correct(&row, &mut fields);
        if (&fields.consultants, &fields.therapists) != (&row.consultants, &row.therapists)
            && let Some(register) = book.folders.get(&row.folder)
            && is_kept_here(w, editor, register)?
        {
            write_row(w, editor, register, &fields)?;
        }
    }
    Ok(())
}

/// Who has which folder now, and who gave it away.
struct HandoverBook<'a> {
    roster: &'a Roster,
    names: StaffNames,
    folders: HashMap<FolderId, FolderRow>,
    have: BTreeSet<(FolderId, MemberId)>,
    gave_away: BTreeSet<(FolderId, MemberId)>,
}

impl<'a> HandoverBook<'a> {
    fn load(r: &Reader<'_>, roster: &'a Roster) -> Result<Self, AppError> {
        let mut gave_away: BTreeSet<(FolderId, MemberId)> = r.ended_grants()?.into_iter().collect();
        for owed in r.owed_grants()? {
            gave_away.remove(&(owed.folder, owed.member));
        }
        let mut have: BTreeSet<(FolderId, MemberId)> = r.lasting_grants()?.into_iter().collect();
        for owed in r.owed_revokes()? {
            have.retain(|(folder, member)| (*folder, Some(*member)) != (owed.folder, owed.member));
        }
        let folders = r.folders()?.into_iter().map(|folder| (folder.id, folder)).collect();
        Ok(Self { roster, names: StaffNames::load(r, roster)?, folders, have, gave_away })
    }

    fn correct(&self, row: &RegisterReadRow, fields: &mut RegisterFields) {
        let Some(side) = self.folders.get(&row.folder).and_then(|register| register.kind.registers()) else { return };
        if let Some(own) = self.folder_of(row, FolderKind::own_of(side)) {
            let list = if side == Side::Employment { &mut fields.consultants } else { &mut fields.therapists };
            self.follow(list, own, |_| true);
        }
        // Of the other side's people a register knows those who are let into what is shared.
        if let Some(shared) = self.folder_of(row, FolderKind::Shared).filter(|_| side == Side::Employment) {
            let own = FolderKind::own_of(side);
            let of_other_side = |member| own.standing(shared.programme, self.roster.roles(member)) == Standing::Never;
            self.follow(&mut fields.therapists, shared, of_other_side);
        }
    }

    fn folder_of(&self, row: &RegisterReadRow, kind: FolderKind) -> Option<&FolderRow> {
        row.folders.iter().filter_map(|id| self.folders.get(id)).find(|folder| folder.kind == kind && !folder.closed)
    }

    fn follow(&self, names: &mut Vec<String>, folder: &FolderRow, belongs: impl Fn(MemberId) -> bool) {
        let gave_away = |member| self.gave_away.contains(&(folder.id, member));
        names.retain(|name| !self.names.only(name).is_some_and(gave_away));
        let have = self.have.range((folder.id, MemberId::NONE)..).take_while(|(id, _)| *id == folder.id);
        for member in have.map(|(_, member)| *member).filter(|member| belongs(*member)) {
            let works = folder.kind.standing(folder.programme, self.roster.roles(member)) == Standing::WhenAssigned;
            let name = self.names.of(member).filter(|name| self.names.only(name) == Some(member));
            if let Some(name) = name.filter(|name| works && !names.contains(name)) {
                names.push(name);
            }
        }
    }
}
