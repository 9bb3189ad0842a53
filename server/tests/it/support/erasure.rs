use feltbog_domain::{FolderId, FolderKind, ProgrammeId};
use feltbog_protocol::{
    CaseRef, DocumentBytes, Envelope, EnvelopeHash, EnvelopeKind, Erase, ErasedEntries, ErasedFolder, ErasedPart,
    ErasureProposal, PurgeReceipt,
};

use super::{TestDevice, fresh_id};

/// The envelope that proposes to erase folders of a case's employment side.
pub fn propose_erasure(device: &mut TestDevice, folders: &[FolderId], programme: ProgrammeId) -> Vec<u8> {
    let erased = |folder: &FolderId| ErasedFolder { folder: *folder, kind: FolderKind::Employment.code() };
    let proposal = ErasureProposal {
        folders: folders.iter().map(erased).collect(),
        entries: Vec::new(),
        programme,
        reason: 1,
        subjects: Vec::new(),
        members: vec![device.member],
        case_ref: CaseRef(*fresh_id::<FolderId>().as_bytes()),
    };
    device.seal(EnvelopeKind::Erase, FolderId::NONE, 0, &feltbog_protocol::encode(&Erase::Proposal(proposal)))
}

/// The envelope that proposes to erase a document of which one envelope of an employment side's folder holds everything.
pub fn propose_entry_erasure(
    device: &mut TestDevice,
    folder: FolderId,
    part: ErasedPart,
    programme: ProgrammeId,
) -> Vec<u8> {
    let documents = vec![DocumentBytes(fresh_id())];
    let kind = FolderKind::Employment.code();
    let proposal = ErasureProposal {
        folders: Vec::new(),
        entries: vec![ErasedEntries { folder, kind, documents, parts: vec![part] }],
        programme,
        reason: 1,
        subjects: Vec::new(),
        members: vec![device.member],
        case_ref: CaseRef(*fresh_id::<FolderId>().as_bytes()),
    };
    device.seal(EnvelopeKind::Erase, FolderId::NONE, 0, &feltbog_protocol::encode(&Erase::Proposal(proposal)))
}

/// The envelope that confirms an erasure.
pub fn confirm_erasure(device: &mut TestDevice, proposal: EnvelopeHash) -> Vec<u8> {
    let body = feltbog_protocol::encode(&Erase::Confirmation { proposal });
    device.seal(EnvelopeKind::Erase, FolderId::NONE, 0, &body)
}

/// The envelope that says a device holds nothing of folders any more.
pub fn purged(device: &mut TestDevice, cause: EnvelopeHash, folders: &[FolderId]) -> Vec<u8> {
    let body = feltbog_protocol::encode(&PurgeReceipt { cause, folders: folders.to_vec(), documents: Vec::new() });
    device.seal(EnvelopeKind::ReadLog, FolderId::NONE, 0, &body)
}

/// The identity of an envelope.
pub fn hash_of(bytes: &[u8]) -> EnvelopeHash {
    Envelope::decode(bytes.to_vec()).unwrap().hash()
}
