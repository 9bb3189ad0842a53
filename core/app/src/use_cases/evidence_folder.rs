//! Where a programme's evidence of fidelity lies: its folder, its documents, and who may write and strike there.

use feltbog_domain::{DocumentId, DocumentKind, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_notes::{Document, document_id};
use feltbog_store::{FolderRow, Reader};
use jiff::civil::Date;

use crate::error::AppError;

/// The same on every device. Two leaders who began while apart made two; what stands in either counts.
pub(super) fn evidence_folders(r: &Reader<'_>, programme: ProgrammeId) -> Result<Vec<FolderRow>, AppError> {
    let mut folders = r.folders_of(FolderKind::Evidence, programme)?;
    folders.sort_by_key(|folder| folder.id);
    Ok(folders)
}

pub(super) fn writable(r: &Reader<'_>, programme: ProgrammeId, member: MemberId) -> Result<FolderRow, AppError> {
    for folder in evidence_folders(r, programme)? {
        if covers(r, &folder, member, Rights::WRITE)? || folder.creator == member {
            return Ok(folder);
        }
    }
    Err(AppError::NotAllowed("skrive i gennemgangen"))
}

pub(super) fn review_document(folder: &FolderRow) -> DocumentId {
    document_id(folder.id, DocumentKind::FidelityReview, "review")
}

/// One for each member, item and review, so that nobody writes over another's; what was struck out is not written over either.
pub(super) fn points_document(
    r: &Reader<'_>,
    folder: &FolderRow,
    to: Date,
    item: u32,
    member: MemberId,
) -> Result<DocumentId, AppError> {
    let mut turn = 0;
    loop {
        let id = points_id(folder, to, item, member, turn);
        let row = r.document(id)?;
        let struck = row.and_then(|row| Document::load(row.kind, &row.saved).ok()?.evidence().ok());
        if !struck.is_some_and(|evidence| evidence.struck) {
            return Ok(id);
        }
        turn += 1;
    }
}

pub(super) fn points_id(folder: &FolderRow, to: Date, item: u32, member: MemberId, turn: u32) -> DocumentId {
    document_id(folder.id, DocumentKind::Evidence, &format!("points/{to}/{item}/{member}/{turn}"))
}

/// Turns that are looked at when points are checked: nobody strikes out and gives anew more often.
pub(super) const MOST_TURNS: u32 = 64;

/// One for each member, item and review: who counts again writes over the last count.
pub(super) fn count_id(folder: &FolderRow, to: Date, item: u32, member: MemberId) -> DocumentId {
    document_id(folder.id, DocumentKind::Evidence, &format!("counted/{to}/{item}/{member}"))
}

pub(super) fn may_strike(
    r: &Reader<'_>,
    folder: &FolderRow,
    authors: &[MemberId],
    member: MemberId,
) -> Result<bool, AppError> {
    Ok(manages(r, folder, member)? || (authors.first() == Some(&member) && covers(r, folder, member, Rights::WRITE)?))
}

pub(super) fn manages(r: &Reader<'_>, folder: &FolderRow, member: MemberId) -> Result<bool, AppError> {
    covers(r, folder, member, Rights::MANAGE)
}

fn covers(r: &Reader<'_>, folder: &FolderRow, member: MemberId, wanted: Rights) -> Result<bool, AppError> {
    Ok(r.rights(folder.id, member)?.is_some_and(|own| own.covers(wanted)))
}
