//! The messages of the wire and the clear bodies of envelopes.

use std::fmt::Debug;

use feltbog_domain::{FolderId, FolderKind, Rights, Role, RoleGrant, Side};
use feltbog_protocol::{
    Deposit, EnrolReply, EnrolRequest, Envelope, EnvelopeKind, Erase, FactBatch, FactLedger, FolderFacts, Grant,
    HandInReply, HandInRequest, Header, KeyRecord, LoginReply, LoginRequest, Principal, Problem, PurgeReceipt, Revoke,
    SetupRequest, SyncReply, SyncRequest, judge_deposit, judge_erasure_proposal, judge_grant, judge_key_record,
    judge_revoke,
};

use crate::specimens::{PROGRAMME, SEALED, header};

/// Reads a message; what was read is written in bounded size and reads the same again.
pub(crate) fn message<T>(data: &[u8]) -> Option<T>
where
    T: PartialEq + Debug + minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>,
{
    let read: T = feltbog_protocol::decode(data).ok()?;
    let written = feltbog_protocol::encode(&read);
    assert!(written.len() <= 2 * data.len() + 64, "{} bytes became {}", data.len(), written.len());
    let again: T = feltbog_protocol::decode(&written).expect("what was written can be read");
    assert!(again == read, "another message after writing it");
    Some(read)
}

fn facts(kind: FolderKind, signer: Rights) -> FolderFacts {
    FolderFacts { kind, programme: PROGRAMME, key_epoch: 1, erased: false, closed: false, signer: Some(signer) }
}

const fn role(role: Role, side: Side) -> RoleGrant {
    RoleGrant { role, programme: PROGRAMME, side }
}

/// A key record; one that is accepted for a new folder carries a wrap for the recovery key.
#[must_use]
pub fn key_record(data: &[u8]) -> bool {
    let Some(record) = message::<KeyRecord>(data) else { return false };
    let header = header(EnvelopeKind::KeyRecord, 1);
    let consultant = [role(Role::Consultant, Side::Employment)];
    if judge_key_record(&header, &record, None, &consultant, Some(1)).is_ok() {
        assert!(record.recipients.iter().any(|r| r.principal == Principal::Recovery && r.epoch == 1));
        assert!(record.programme.is_some_and(|p| p.0 == PROGRAMME), "a folder of a programme that is not the maker's");
    }
    true
}

/// A grant; one that is accepted gives no more than the role bears.
#[must_use]
pub fn grant(data: &[u8]) -> bool {
    let Some(grant) = message::<Grant>(data) else { return false };
    let header = header(EnvelopeKind::Grant, 0);
    let folder = facts(FolderKind::Employment, Rights::MANAGE);
    let reader = [role(Role::Records, Side::Employment)];
    if let Ok(rights) = judge_grant(&header, &grant, Some(&folder), &reader) {
        assert_eq!(rights, Rights::READ, "more than the role bears");
    }
    let writer = facts(FolderKind::Employment, Rights::WRITE);
    assert!(judge_grant(&header, &grant, Some(&writer), &reader).is_err(), "granted by somebody who may not");
    true
}

/// A revocation; nobody shuts out whom the office opens the folder for.
#[must_use]
pub fn revoke(data: &[u8]) -> bool {
    let Some(revoke) = message::<Revoke>(data) else { return false };
    let header = header(EnvelopeKind::Revoke, 0);
    let folder = facts(FolderKind::Employment, Rights::MANAGE);
    let leader = [role(Role::Leader, Side::Employment)];
    let judged = judge_revoke(&header, &revoke, Some(&folder), &leader);
    assert!(judged.is_err() || revoke.member.is_none(), "a leader was shut out");
    true
}

/// A deposit; one that is accepted carries an envelope of its own signer for its own folder.
#[must_use]
pub fn deposit(data: &[u8]) -> bool {
    let Some(deposit) = message::<Deposit>(data) else { return false };
    let sealed = Envelope::decode(SEALED.to_vec()).unwrap();
    let own = sealed.header();
    let outer = Header { kind: EnvelopeKind::Deposit.code(), ..own.clone() };
    if let Ok(inside) = judge_deposit(&outer, &deposit, Some(&facts(FolderKind::Shared, Rights::READ))) {
        let of = |header: &Header| (header.tenant, header.device, header.folder);
        assert_eq!(of(inside.header()), of(own), "an envelope of somebody else");
        assert_eq!(inside.bytes(), deposit.envelope);
    }
    true
}

/// A step of an erasure; one that is accepted was proposed by whom it is up to, and takes whole folders of citizens only.
#[must_use]
pub fn erase(data: &[u8]) -> bool {
    let Some(erase) = message::<Erase>(data) else { return false };
    let header = Header { folder: FolderId::NONE, ..header(EnvelopeKind::Erase, 0) };
    let leader = [role(Role::Leader, Side::Employment)];
    if let Erase::Proposal(proposal) = &erase {
        let known: Vec<_> = proposal.folders.iter().map(|erased| (*erased, None)).collect();
        let consultant = [role(Role::Consultant, Side::Employment)];
        assert!(judge_erasure_proposal(&header, proposal, &known, &consultant).is_err(), "proposed by a consultant");
        if judge_erasure_proposal(&header, proposal, &known, &leader).is_ok() {
            assert!(proposal.folders.iter().all(|f| f.known_kind().is_some_and(FolderKind::is_of_a_case)));
            assert!(proposal.places().next().is_some());
            assert!(proposal.entries.iter().all(|e| !e.parts.is_empty() && !e.documents.is_empty()));
        }
    }
    true
}

/// A device's word that it holds nothing of some folders any more.
#[must_use]
pub fn purge_receipt(data: &[u8]) -> bool {
    message::<PurgeReceipt>(data).is_some()
}

/// Facts that a device tells the server; told once more they change nothing.
#[must_use]
pub fn fact_batch(data: &[u8]) -> bool {
    let Some(batch) = message::<FactBatch>(data) else { return false };
    let mut once = FactLedger::default();
    once.add(batch.clone(), None);
    let mut twice = once.clone();
    twice.add(batch, None);
    assert!(once == twice, "told once more the facts are others");
    true
}

/// A device's half of an exchange.
#[must_use]
pub fn sync_request(data: &[u8]) -> bool {
    message::<SyncRequest>(data).is_some()
}

/// The server's half of an exchange.
#[must_use]
pub fn sync_reply(data: &[u8]) -> bool {
    message::<SyncReply>(data).is_some()
}

/// What a new device sends.
#[must_use]
pub fn enrol_request(data: &[u8]) -> bool {
    message::<EnrolRequest>(data).is_some()
}

/// What a new device is told.
#[must_use]
pub fn enrol_reply(data: &[u8]) -> bool {
    message::<EnrolReply>(data).is_some()
}

/// What a device logs in with.
#[must_use]
pub fn login_request(data: &[u8]) -> bool {
    message::<LoginRequest>(data).is_some()
}

/// What a login has to be, or what became of one.
#[must_use]
pub fn login_reply(data: &[u8]) -> bool {
    message::<LoginReply>(data).is_some()
}

/// What is handed in from beside a locked database.
#[must_use]
pub fn hand_in_request(data: &[u8]) -> bool {
    message::<HandInRequest>(data).is_some()
}

/// What became of it.
#[must_use]
pub fn hand_in_reply(data: &[u8]) -> bool {
    message::<HandInReply>(data).is_some()
}

/// What the first device of a municipality sends.
#[must_use]
pub fn setup_request(data: &[u8]) -> bool {
    message::<SetupRequest>(data).is_some()
}

/// Why a request was refused.
#[must_use]
pub fn problem(data: &[u8]) -> bool {
    message::<Problem>(data).is_some()
}
