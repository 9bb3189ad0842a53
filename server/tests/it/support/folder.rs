use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{EnvelopeKind, Grant, KeyRecord, KeyRecordForm, Principal, ProgrammeBytes, Recipient};

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

/// The envelope that makes a folder of one citizen's employment side.
pub fn new_folder(device: &mut TestDevice, folder: FolderId, programme: ProgrammeId) -> Vec<u8> {
    let record = key_record(device, FolderKind::Employment, programme);
    device.seal(EnvelopeKind::KeyRecord, folder, 1, &feltbog_protocol::encode(&record))
}

/// The envelope that lets a member open a folder.
pub fn grant(device: &mut TestDevice, folder: FolderId, member: MemberId, rights: Rights) -> Vec<u8> {
    let grant = Grant { member, rights: rights.bits(), until_ms: None };
    device.seal(EnvelopeKind::Grant, folder, 0, &feltbog_protocol::encode(&grant))
}

/// An envelope of sealed content.
pub fn content(device: &mut TestDevice, folder: FolderId, size: usize) -> Vec<u8> {
    device.seal(EnvelopeKind::ChangeSet, folder, 1, &vec![0xc3; size])
}
