//! A municipality made of fixed seeds, and the valid things it wrote. They lie in `corpus/`; an ignored test writes them.

use std::path::{Path, PathBuf};

use feltbog_domain::{DeviceId, FolderId, ProgrammeId, TenantId};
use feltbog_protocol::{CertificateBundle, EnvelopeHash, EnvelopeKind, Header};
use feltbog_sealing::{FolderKey, LocalKey, Secret, SigningPair};

/// The municipality.
pub const TENANT: TenantId = TenantId::new([1; 16]);
/// Its programme.
pub const PROGRAMME: ProgrammeId = ProgrammeId::new([2; 16]);
/// The device of the founder.
pub const DEVICE: DeviceId = DeviceId::new([110; 16]);

/// A sealed change set.
pub const SEALED: &[u8] = include_bytes!("../corpus/envelope/change_set");
/// A receipt of the server for three envelopes.
pub const RECEIPT_PROOF: &[u8] = include_bytes!("../corpus/receipt_proof/three");
/// A lease of the server.
pub const LEASE: &[u8] = include_bytes!("../corpus/lease/one");
/// A signed request with an empty body.
pub const REQUEST_SIGNATURE: &str = include_str!("../corpus/request_signature/empty_body");
/// An invitation.
pub const INVITATION: &str = include_str!("../corpus/invitation/consultant");
/// The three shares of one seed.
pub const RECOVERY_SHARES: [&str; 3] = [
    include_str!("../corpus/recovery_share/first"),
    include_str!("../corpus/recovery_share/second"),
    include_str!("../corpus/recovery_share/third"),
];
/// A host's token, sealed under [`local_key`].
pub const HOST_TOKEN: &str = include_str!("../corpus/host_token/sealed");

/// The signing pair of a number.
#[must_use]
pub fn pair(seed: u8) -> SigningPair {
    SigningPair::from_seed(&Secret::new([seed; 32]))
}

/// The pair that signed [`SEALED`].
#[must_use]
pub fn sealing_pair() -> SigningPair {
    pair(9)
}

/// The key that [`SEALED`] is sealed with.
#[must_use]
pub fn folder_key() -> FolderKey {
    FolderKey::from_secret(Secret::new([10; 32]))
}

/// The key of the device that signed the clear envelopes.
#[must_use]
pub fn signer_of_records() -> [u8; 32] {
    pair(10).public()
}

/// The root.
#[must_use]
pub fn root_public() -> [u8; 32] {
    pair(200).public()
}

/// The server's receipt key.
#[must_use]
pub fn server_public() -> [u8; 32] {
    pair(202).public()
}

/// The key of the founder's database.
#[must_use]
pub fn local_key() -> LocalKey {
    LocalKey::from_secret(Secret::new([7; 32]))
}

/// A header of the founder's device in a folder of the programme.
#[must_use]
pub fn header(kind: EnvelopeKind, key_epoch: u32) -> Header {
    Header {
        kind: kind.code(),
        suite: 0,
        codec: 0,
        tenant: TENANT,
        folder: FolderId::new([3; 16]),
        lineage: 0,
        key_epoch,
        device: DEVICE,
        dseq: 7,
        base_seq: 0,
        prev: EnvelopeHash([5; 32]),
        salt: [0; 16],
        commitment: [0; 32],
    }
}

/// Root, recovery key, server key and a founder.
#[must_use]
pub fn founding() -> CertificateBundle {
    feltbog_protocol::decode(include_bytes!("../corpus/certificates/founding")).expect("a bundle")
}

/// A colleague whom the founder invited.
#[must_use]
pub fn joining() -> CertificateBundle {
    feltbog_protocol::decode(include_bytes!("../corpus/certificates/joining")).expect("a bundle")
}

/// Every envelope whose signature is genuine.
pub fn signed_envelopes() -> impl Iterator<Item = &'static [u8]> {
    [
        SEALED,
        include_bytes!("../corpus/envelope/grant"),
        include_bytes!("../corpus/envelope/key_record"),
        include_bytes!("../corpus/envelope/added_wraps"),
        include_bytes!("../corpus/envelope/certificates"),
    ]
    .into_iter()
}

/// The folder of a target's specimens.
#[must_use]
pub fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// A target's specimens, in order of their names.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder(target)).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a specimen")).collect()
}
