//! Finding and making folders.

use feltbog_domain::{DocumentKind, FolderKind, ProgrammeId, Role, Side};
use feltbog_notes::{HeadFields, document_id};
use feltbog_protocol::EnvelopeHash;
use feltbog_sealing::{FolderKey, random_bytes, random_id};
use feltbog_store::{CaseFolderRow, FolderRow, Reader, Writer};

use crate::device::Device;
use crate::editing::Editor;
use crate::error::AppError;

/// A case as this device knows it: its folders, by kind.
#[derive(Debug, Clone)]
pub(crate) struct CaseFolders {
    pub(crate) head: HeadFields,
    pub(crate) folders: Vec<FolderRow>,
}

impl CaseFolders {
    /// The folder of a kind that takes new content.
    pub(crate) fn of(&self, kind: FolderKind) -> Option<&FolderRow> {
        self.folders.iter().find(|folder| folder.kind == kind && !folder.closed)
    }
}

/// The case with this id or number.
pub(crate) fn find_case(r: &Reader<'_>, id_or_number: &str) -> Result<CaseFolders, AppError> {
    let rows = r.folders_of_case(id_or_number)?;
    let first = rows.first().ok_or(AppError::UnknownCase)?;
    if rows.iter().any(|row| row.case != first.case) {
        return Err(AppError::SeveralCases);
    }
    let head = head_of(first);
    let mut folders = Vec::with_capacity(rows.len());
    for row in &rows {
        folders.extend(r.folder(row.folder)?);
    }
    Ok(CaseFolders { head, folders })
}

pub(crate) fn head_of(row: &CaseFolderRow) -> HeadFields {
    HeadFields { case: row.case, number: row.number.clone(), name: row.name.clone(), programme: row.programme }
}

/// Makes a folder with its first key. Its key record is signed at the next exchange, so this works offline.
pub(crate) fn make_folder(
    w: &Writer<'_>,
    editor: Editor,
    kind: FolderKind,
    programme: ProgrammeId,
) -> Result<FolderRow, AppError> {
    let folder = FolderRow {
        id: random_id(),
        kind,
        programme,
        key_epoch: 1,
        creator: editor.member,
        announced: false,
        actor: random_bytes(),
        prev: EnvelopeHash::default(),
        seen_seq: 0,
        seen_digest: [0; 16],
        closed: false,
        rotation_due: false,
    };
    w.insert_folder(&folder, 0)?;
    w.set_folder_key(folder.id, 1, FolderKey::random().secret().expose())?;
    Ok(folder)
}

/// Makes a folder of a case, with the head document that ties it to the case.
pub(crate) fn make_case_folder(
    w: &Writer<'_>,
    editor: Editor,
    kind: FolderKind,
    head: &HeadFields,
) -> Result<FolderRow, AppError> {
    let folder = make_folder(w, editor, kind, head.programme)?;
    let id = document_id(folder.id, DocumentKind::Head, "head");
    editor.edit(w, &folder, id, DocumentKind::Head, |document, actor| document.write_head(actor, head))?;
    Ok(folder)
}

impl Device {
    pub(crate) fn editor(&self) -> Editor {
        Editor { member: self.me(), now_ms: self.now_ms() }
    }

    /// Refuses what needs certificates while none are here.
    pub(crate) fn must_know_the_roster(&self) -> Result<(), AppError> {
        if self.roster.recovery().is_some() && self.roster.device(self.identity.device).is_some() {
            Ok(())
        } else {
            Err(AppError::NothingFetchedYet)
        }
    }

    /// The programme of this name, or the only one this member works in.
    pub(crate) fn programme(&self, name: Option<&str>) -> Result<ProgrammeId, AppError> {
        let named = self.store.reader().programmes()?;
        if let Some(wanted) = name {
            let wanted = wanted.trim().to_lowercase();
            let found = named.iter().find(|p| p.name.to_lowercase() == wanted || p.id.to_string() == wanted);
            return found
                .map(|p| p.id)
                .ok_or_else(|| AppError::WhichProgramme(named.into_iter().map(|p| p.name).collect()));
        }
        let mut mine: Vec<ProgrammeId> =
            self.my_roles().iter().map(|grant| grant.programme).filter(|p| !p.is_none()).collect();
        mine.sort_unstable();
        mine.dedup();
        match mine.as_slice() {
            [only] => Ok(*only),
            [] => match named.as_slice() {
                [only] => Ok(only.id),
                _ => Err(AppError::WhichProgramme(named.into_iter().map(|p| p.name).collect())),
            },
            _ => {
                let names = named.into_iter().filter(|p| mine.contains(&p.id)).map(|p| p.name).collect();
                Err(AppError::WhichProgramme(names))
            }
        }
    }

    /// The folder a member's own entries about a case go to.
    pub(crate) fn own_side(&self, programme: ProgrammeId) -> FolderKind {
        let holds = |wanted: &dyn Fn(&feltbog_domain::RoleGrant) -> bool| {
            self.my_roles().iter().any(|g| g.programme == programme && wanted(g))
        };
        if holds(&|g| {
            matches!(g.role, Role::Consultant)
                || (g.role != Role::Treatment && g.role != Role::Outreach && g.side == Side::Employment)
        }) {
            FolderKind::Employment
        } else if holds(&|g| g.side == Side::Treatment && g.role != Role::Outreach) {
            FolderKind::Treatment
        } else if holds(&|g| g.role == Role::Outreach) {
            FolderKind::Shared
        } else {
            FolderKind::Employment
        }
    }
}
