//! The access rules, judged from facts that server and devices look up each in their own tables.

use feltbog_domain::{FolderKind, ProgrammeId, Rights, RoleGrant, Standing};

use crate::codes::RefusalCode;
use crate::envelope::{Envelope, EnvelopeKind, Header};
use crate::limits;
use crate::records::{Deposit, Grant, KeyRecord, KeyRecordForm, Principal, Revoke};

/// What is known of a folder when a row about it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderFacts {
    /// Its kind.
    pub kind: FolderKind,
    /// Its programme; [`ProgrammeId::NONE`] for the staff folder.
    pub programme: ProgrammeId,
    /// Its newest key.
    pub key_epoch: u32,
    /// Whether it was erased.
    pub erased: bool,
    /// Whether it takes no new content.
    pub closed: bool,
    /// What the signer's member may do in it now.
    pub signer: Option<Rights>,
}

/// What an accepted key record changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderMade {
    /// The folder is new; its creator may do everything in it.
    New {
        /// Its kind.
        kind: FolderKind,
        /// Its programme.
        programme: ProgrammeId,
    },
    /// The folder has a new key.
    Rotated,
    /// More members can open it.
    Widened,
}

/// Judges a key record.
///
/// `recovery_epoch` is the recovery key in force: a record of a new key without a wrap for it is refused, since the
/// municipality could not keep its duties.
///
/// # Errors
/// The disposition to remember.
pub fn judge_key_record(
    header: &Header,
    record: &KeyRecord,
    folder: Option<&FolderFacts>,
    signer_roles: &[RoleGrant],
    recovery_epoch: Option<u32>,
) -> Result<FolderMade, RefusalCode> {
    if header.folder.is_none() || record.recipients.is_empty() || record.recipients.len() > limits::RECIPIENTS {
        return Err(RefusalCode::BadFrame);
    }
    if folder.is_some_and(|facts| facts.erased) {
        return Err(RefusalCode::Erased);
    }
    if header.lineage != 0 {
        return Err(RefusalCode::StaleLineage);
    }
    match (record.form, folder) {
        (KeyRecordForm::NewEpoch, None) => {
            has_recovery_wrap(record, recovery_epoch)?;
            let kind = record.folder_kind.and_then(FolderKind::from_code).ok_or(RefusalCode::BadFrame)?;
            let programme = record.programme.map_or(ProgrammeId::NONE, |p| p.0);
            if header.key_epoch != 1 {
                return Err(RefusalCode::UnknownEpoch);
            }
            if !kind.may_be_made_by(programme, signer_roles) {
                return Err(RefusalCode::NoGrant);
            }
            Ok(FolderMade::New { kind, programme })
        }
        (KeyRecordForm::NewEpoch, Some(facts)) => {
            has_recovery_wrap(record, recovery_epoch)?;
            may(facts, Rights::WRITE)?;
            if header.key_epoch != facts.key_epoch + 1 {
                return Err(RefusalCode::UnknownEpoch);
            }
            Ok(FolderMade::Rotated)
        }
        (KeyRecordForm::AddedWraps, Some(facts)) => {
            may(facts, Rights::READ)?;
            if header.key_epoch == 0 || header.key_epoch > facts.key_epoch {
                return Err(RefusalCode::UnknownEpoch);
            }
            Ok(FolderMade::Widened)
        }
        (KeyRecordForm::AddedWraps, None) => Err(RefusalCode::NoGrant),
    }
}

/// Judges a grant: the signer must manage the folder, and the grantee's roles must be fit for it.
///
/// # Errors
/// The disposition to remember.
pub fn judge_grant(
    header: &Header,
    grant: &Grant,
    folder: Option<&FolderFacts>,
    grantee_roles: &[RoleGrant],
) -> Result<Rights, RefusalCode> {
    let facts = open_folder(header, folder)?;
    may(facts, Rights::MANAGE)?;
    let rights = Rights::from_bits(grant.rights);
    let most = facts.kind.most_rights(facts.programme, grantee_roles).ok_or(RefusalCode::NoGrant)?;
    // Whoever is let in for a time lets nobody in: what they sign would outlast them.
    let manages_for_a_time = grant.until_ms.is_some() && rights.covers(Rights::MANAGE);
    if !rights.covers(Rights::READ) || !most.covers(rights) || manages_for_a_time {
        return Err(RefusalCode::NoGrant);
    }
    Ok(rights)
}

/// Judges a revocation: the signer must manage the folder, and nobody is shut out of what the office opens.
///
/// # Errors
/// The disposition to remember.
pub fn judge_revoke(
    header: &Header,
    revoke: &Revoke,
    folder: Option<&FolderFacts>,
    member_roles: &[RoleGrant],
) -> Result<(), RefusalCode> {
    let facts = open_folder(header, folder)?;
    may(facts, Rights::MANAGE)?;
    if revoke.member.is_some() && facts.kind.standing(facts.programme, member_roles) == Standing::ByOffice {
        return Err(RefusalCode::NoGrant);
    }
    Ok(())
}

/// Judges a deposit: it needs no grant, so it must carry what it says, an envelope of its own signer for its own folder.
/// Gives the envelope inside; its signature is not checked.
///
/// # Errors
/// The disposition to remember.
pub fn judge_deposit(
    header: &Header,
    deposit: &Deposit,
    folder: Option<&FolderFacts>,
) -> Result<Envelope, RefusalCode> {
    let facts = folder.ok_or(RefusalCode::NoGrant)?;
    if facts.erased {
        return Err(RefusalCode::Erased);
    }
    if deposit.recipients.len() > limits::RECIPIENTS {
        return Err(RefusalCode::BadFrame);
    }
    let inside = Envelope::decode(deposit.envelope.clone()).map_err(|_| RefusalCode::BadFrame)?;
    let own = inside.header();
    let fits = own.known_kind() == Some(EnvelopeKind::ChangeSet)
        && (own.tenant, own.device, own.folder) == (header.tenant, header.device, header.folder);
    if fits { Ok(inside) } else { Err(RefusalCode::BadFrame) }
}

/// Judges sealed content: the signer must be allowed to write, under the folder's newest key.
///
/// # Errors
/// The disposition to remember.
pub fn judge_content(header: &Header, folder: Option<&FolderFacts>) -> Result<(), RefusalCode> {
    let facts = open_folder(header, folder)?;
    may(facts, Rights::WRITE)?;
    if facts.closed {
        return Err(RefusalCode::FolderClosed);
    }
    if header.key_epoch != facts.key_epoch {
        return Err(RefusalCode::UnknownEpoch);
    }
    Ok(())
}

/// Judges facts: whoever may write in the folder may say what of it is counted.
///
/// # Errors
/// The disposition to remember.
pub fn judge_facts(header: &Header, folder: Option<&FolderFacts>) -> Result<(), RefusalCode> {
    let facts = open_folder(header, folder)?;
    may(facts, Rights::WRITE)?;
    if header.key_epoch != 0 || !facts.kind.is_counted() {
        return Err(RefusalCode::BadFrame);
    }
    if facts.closed { Err(RefusalCode::FolderClosed) } else { Ok(()) }
}

fn open_folder<'a>(header: &Header, folder: Option<&'a FolderFacts>) -> Result<&'a FolderFacts, RefusalCode> {
    // An unknown folder and a folder one may not write in answer alike, so that ids cannot be probed.
    let facts = folder.ok_or(RefusalCode::NoGrant)?;
    if facts.erased {
        return Err(RefusalCode::Erased);
    }
    if header.lineage != 0 {
        return Err(RefusalCode::StaleLineage);
    }
    Ok(facts)
}

fn may(facts: &FolderFacts, wanted: Rights) -> Result<(), RefusalCode> {
    match facts.signer {
        Some(rights) if rights.covers(wanted) => Ok(()),
        _ => Err(RefusalCode::NoGrant),
    }
}

fn has_recovery_wrap(record: &KeyRecord, recovery_epoch: Option<u32>) -> Result<(), RefusalCode> {
    let wrapped =
        record.recipients.iter().any(|r| r.principal == Principal::Recovery && Some(r.epoch) == recovery_epoch);
    if wrapped { Ok(()) } else { Err(RefusalCode::BadFrame) }
}
