//! The case register: every case of the programme a leader can open has a row, with who works on it by name.

use feltbog_domain::{DocumentKind, FolderId, FolderKind};
use feltbog_notes::{RegisterFields, document_id};
use feltbog_store::{CaseFolderRow, FolderRow, Reader, RegisterReadRow, Writer};
use std::collections::{BTreeMap, HashMap};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;

impl Device {
    /// Gives every case that lacks one its row, and adds folders the row does not name yet. Only devices that hold a
    /// register's key have anything to do.
    pub(crate) fn keep_register(&mut self) -> Result<(), AppError> {
        let editor = self.editor();
        self.store.write(|w| keep_register(w, editor))
    }
}

pub(crate) fn keep_register(w: &Writer<'_>, editor: Editor) -> Result<(), AppError> {
    let registers: Vec<FolderRow> = w.folders()?.into_iter().filter(|f| f.kind == FolderKind::Register).collect();
    if registers.is_empty() {
        return Ok(());
    }
    let wanted = wanted_rows(w)?;
    let present: HashMap<_, RegisterReadRow> = w.register_rows()?.into_iter().map(|row| (row.case, row)).collect();
    for register in registers {
        if w.folder_key(register.id, register.key_epoch)?.is_none() {
            continue;
        }
        for (_, fields) in wanted.values().filter(|(programme, _)| *programme == register.programme) {
            let fields = merged(fields, present.get(&fields.case));
            let id = document_id(register.id, DocumentKind::RegisterRow, &fields.case.to_string());
            let same = present.get(&fields.case).is_some_and(|row| row.folders.len() == fields.folders.len());
            if !same {
                editor.edit(w, &register, id, DocumentKind::RegisterRow, |d, actor| {
                    d.write_register_row(actor, &fields)
                })?;
            }
        }
    }
    Ok(())
}

type Wanted = BTreeMap<feltbog_domain::CaseId, (feltbog_domain::ProgrammeId, RegisterFields)>;

/// A row for each case whose employment side is open here.
fn wanted_rows(r: &Reader<'_>) -> Result<Wanted, AppError> {
    let profiles: HashMap<FolderId, _> = r.profiles()?.into_iter().map(|row| (row.folder, row.profile)).collect();
    let mut rows: Wanted = BTreeMap::new();
    let case_folders = r.case_folders()?;
    for head in &case_folders {
        let Some(profile) = profiles.get(&head.folder) else { continue };
        rows.insert(
            head.case,
            (
                head.programme,
                RegisterFields {
                    case: head.case,
                    number: head.number.clone(),
                    name: head.name.clone(),
                    folders: folders_of(head, &case_folders),
                    consultants: profile.consultant.iter().cloned().collect(),
                    therapists: profile.therapist.iter().cloned().collect(),
                },
            ),
        );
    }
    Ok(rows)
}

fn folders_of(head: &CaseFolderRow, all: &[CaseFolderRow]) -> Vec<FolderId> {
    all.iter().filter(|row| row.case == head.case).map(|row| row.folder).collect()
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
