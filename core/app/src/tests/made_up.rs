//! Envelopes that somebody made up in the name of a device that exists.

use feltbog_domain::FolderId;
use feltbog_protocol::{EnvelopeHash, EnvelopeKind, Header};

use crate::Device;

/// A header under this device's own name.
pub(super) fn header(device: &Device, kind: EnvelopeKind, folder: FolderId, dseq: u64) -> Header {
    Header {
        kind: kind.code(),
        suite: 0,
        codec: 0,
        tenant: device.identity.tenant,
        folder,
        lineage: 0,
        key_epoch: 0,
        device: device.identity.device,
        dseq,
        base_seq: 0,
        prev: EnvelopeHash::default(),
        salt: [0; 16],
        commitment: [0; 32],
    }
}
