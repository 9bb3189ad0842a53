use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{
    Deposit, EnvelopeKind, Grant, KeyRecord, KeyRecordForm, Principal, ProgrammeBytes, ReadLogKeyName, ReadLogRow,
    Recipient, RefusalCode, Revoke, RevokeReason, limits,
};

use super::TestDevice;

/// A wrap for the key of this number; nobody can open it, and the server cannot tell.
pub fn recipient(principal: Principal, epoch: u32) -> Recipient {
    Recipient { principal, epoch, wrap: vec![0x77; 80] }
}

/// A folder's first key record.
pub fn key_record(device: &TestDevice, kind: FolderKind, programme: ProgrammeId) -> KeyRecord {
    KeyRecord {
        form: KeyRecordForm::NewEpoch,
        commitment: [9; 32],
        predecessor: None,
        recipients: vec![recipient(Principal::Recovery, 1), recipient(Principal::Member(device.member), 1)],
        folder_kind: Some(kind.code()),
        programme: Some(ProgrammeBytes(programme)),
    }
}

/// The envelope that makes the folder whose key opens a side's read log.
pub fn new_read_log(device: &mut TestDevice, folder: FolderId, programme: ProgrammeId) -> Vec<u8> {
    let record = key_record(device, FolderKind::ReadLog, programme);
    device.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record))
}

/// An envelope that tells of one reading, to whoever holds the key of a folder.
pub fn reading(device: &mut TestDevice, folder: FolderId, key: FolderId, first: u64) -> Vec<u8> {
    let key = ReadLogKeyName { folder: key, epoch: 1 };
    let row = ReadLogRow { first, count: 1, elsewhere: 0, key, wrap: vec![0x77; 80], sealed: vec![0x3c; 48] };
    device.seal(EnvelopeKind::ReadLog, folder, 0, &feltbog_protocol::encode(&row))
}

/// The envelope that makes a folder of one citizen's employment side.
pub fn new_folder(device: &mut TestDevice, folder: FolderId, programme: ProgrammeId) -> Vec<u8> {
    let record = key_record(device, FolderKind::Employment, programme);
    device.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record))
}

/// The envelope that lets a member open a folder.
pub fn grant(device: &mut TestDevice, folder: FolderId, member: MemberId, rights: Rights) -> Vec<u8> {
    let grant = Grant::lasting(member, rights);
    device.seal(EnvelopeKind::Grant, folder, 0, &feltbog_protocol::encode(&grant))
}

/// The envelope that lets a member open a folder until a time.
pub fn cover(device: &mut TestDevice, folder: FolderId, member: MemberId, until_ms: i64) -> Vec<u8> {
    let grant = Grant { until_ms: Some(until_ms), ..Grant::lasting(member, Rights::WRITE) };
    device.seal(EnvelopeKind::Grant, folder, 0, &feltbog_protocol::encode(&grant))
}

/// An envelope of sealed content.
pub fn content(device: &mut TestDevice, folder: FolderId, size: usize) -> Vec<u8> {
    device.seal(EnvelopeKind::ChangeSet, folder, 1, &vec![0xc3; size])
}

/// The envelope that shuts a member out of a folder.
pub fn revoke(device: &mut TestDevice, folder: FolderId, member: MemberId) -> Vec<u8> {
    let revoke = Revoke { member: Some(member), reason: RevokeReason::HandedOver, to: None };
    device.seal(EnvelopeKind::Revoke, folder, 0, &feltbog_protocol::encode(&revoke))
}

/// The envelope that closes a folder.
pub fn close(device: &mut TestDevice, folder: FolderId) -> Vec<u8> {
    let revoke = Revoke { member: None, reason: RevokeReason::ConsentWithdrawn, to: None };
    device.seal(EnvelopeKind::Revoke, folder, 0, &feltbog_protocol::encode(&revoke))
}

/// The envelope that gives a folder its key of this number.
pub fn rotate(device: &mut TestDevice, folder: FolderId, key_epoch: u32) -> Vec<u8> {
    let record = KeyRecord {
        folder_kind: None,
        programme: None,
        predecessor: Some(vec![1; 48]),
        ..key_record(device, FolderKind::Employment, ProgrammeId::NONE)
    };
    device.seal(EnvelopeKind::KeyRecord, folder, key_epoch, &feltbog_protocol::encode(&record))
}

/// The envelope that hands in another one.
pub fn deposit(device: &mut TestDevice, folder: FolderId, inside: Vec<u8>) -> Vec<u8> {
    let deposit =
        Deposit { reason: RefusalCode::NoGrant, envelope: inside, commitment: [9; 32], recipients: Vec::new() };
    device.seal(EnvelopeKind::Deposit, folder, 0, &feltbog_protocol::encode(&deposit))
}

/// The same, made in reserve: beside a locked database, under a number outside of the device's count.
pub fn reserve(device: &TestDevice, folder: FolderId, number: u64) -> Vec<u8> {
    let inside = device.sign(device.header(EnvelopeKind::ChangeSet.code(), folder, 1, 0), &[0xc3; 40]);
    let deposit = Deposit { reason: RefusalCode::Ok, envelope: inside, commitment: [9; 32], recipients: Vec::new() };
    let dseq = limits::RESERVE_NUMBERS + number;
    device.sign(device.header(EnvelopeKind::Deposit.code(), folder, 0, dseq), &feltbog_protocol::encode(&deposit))
}

/// A cold bundle.
pub fn bundle(device: &mut TestDevice, folder: FolderId, key_epoch: u32, size: usize) -> Vec<u8> {
    device.seal(EnvelopeKind::ColdBundle, folder, key_epoch, &vec![0xb5; size])
}
