//! Who may erase: one who answers for the case proposes, an administrator who is somebody else confirms. Judged by the
//! server, and again by every device.

use std::collections::BTreeSet;

use feltbog_domain::{FolderKind, MemberId, ProgrammeId, Role, RoleGrant, Standing};

use crate::access::FolderFacts;
use crate::codes::RefusalCode;
use crate::envelope::Header;
use crate::erase::{ErasedEntries, ErasedFolder, ErasureProposal};
use crate::limits;

/// Judges a proposal. `known` is what is known of each folder it touches; the server refuses a folder it does not know, a device
/// that was never let into one passes it over.
///
/// # Errors
/// The disposition to remember.
pub fn judge_erasure_proposal(
    header: &Header,
    proposal: &ErasureProposal,
    known: &[(ErasedFolder, Option<FolderFacts>)],
    signer_roles: &[RoleGrant],
) -> Result<(), RefusalCode> {
    let distinct: BTreeSet<_> = proposal.places().map(|erased| erased.folder).collect();
    let is_whole = header.folder.is_none()
        && !distinct.is_empty()
        && distinct.len() == proposal.places().count()
        && distinct.len() <= limits::ERASED_FOLDERS
        && proposal.entries.iter().all(names_what_it_erases)
        && proposal.members.len() <= limits::ERASED_MEMBERS
        && proposal.subjects.len() <= limits::ERASED_FOLDERS;
    if !is_whole {
        return Err(RefusalCode::BadFrame);
    }
    for folder in &proposal.folders {
        answers_for(folder, proposal.programme, FolderKind::is_of_a_case, signer_roles)?;
    }
    for entries in &proposal.entries {
        answers_for(&entries.place(), proposal.programme, may_lose_a_document, signer_roles)?;
    }
    for (folder, facts) in known.iter().filter_map(|(folder, facts)| Some((folder, facts.as_ref()?))) {
        if facts.erased {
            return Err(RefusalCode::Erased);
        }
        if facts.kind.code() != folder.kind || facts.programme != proposal.programme {
            return Err(RefusalCode::NoGrant);
        }
    }
    Ok(())
}

fn names_what_it_erases(entries: &ErasedEntries) -> bool {
    let distinct: BTreeSet<_> = entries.documents.iter().collect();
    !entries.documents.is_empty()
        && distinct.len() == entries.documents.len()
        && entries.documents.len() <= limits::ERASED_DOCUMENTS
        && !entries.parts.is_empty()
        && entries.parts.len() <= limits::ERASED_PARTS
}

/// Whole folders go of citizens only; single documents also from what a member wrote without a case, and from a register.
fn may_lose_a_document(kind: FolderKind) -> bool {
    kind.is_of_a_case() || kind.is_own_work() || kind.registers().is_some()
}

/// Only whom their office makes answerable for that side.
fn answers_for(
    folder: &ErasedFolder,
    programme: ProgrammeId,
    may_go: impl Fn(FolderKind) -> bool,
    signer_roles: &[RoleGrant],
) -> Result<(), RefusalCode> {
    let kind = folder.known_kind().filter(|kind| may_go(*kind)).ok_or(RefusalCode::NoGrant)?;
    let entitled = signer_roles.iter().any(|grant| {
        matches!(grant.role, Role::Leader | Role::Deputy | Role::Records)
            && kind.standing(programme, std::slice::from_ref(grant)) == Standing::ByOffice
    });
    if entitled { Ok(()) } else { Err(RefusalCode::NoGrant) }
}

/// Judges a confirmation. `proposer` is who proposed, if anybody did.
///
/// # Errors
/// The disposition to remember.
pub fn judge_erasure_confirmation(
    header: &Header,
    signer: MemberId,
    signer_roles: &[RoleGrant],
    proposer: Option<MemberId>,
) -> Result<(), RefusalCode> {
    if !header.folder.is_none() {
        return Err(RefusalCode::BadFrame);
    }
    if !signer_roles.iter().any(|grant| grant.role == Role::Administrator) {
        return Err(RefusalCode::NoGrant);
    }
    match proposer {
        None => Err(RefusalCode::UnknownProposal),
        Some(proposer) if proposer == signer => Err(RefusalCode::TwoPeople),
        Some(_) => Ok(()),
    }
}
