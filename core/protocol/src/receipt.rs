//! What the server signs: that it disposed of envelopes, and how long a device may work offline.

use ed25519_dalek::{Signature, VerifyingKey};
use feltbog_domain::{DeviceId, TenantId};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use crate::codes::RefusalCode;
use crate::envelope::EnvelopeHash;

const RECEIPT_PREFIX: &[u8] = b"feltbog/receipt/1\0";
const LEASE_PREFIX: &[u8] = b"feltbog/lease/1\0";

/// The running hash a receipt is signed over: number, envelope and disposition of each push, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReceiptChain([u8; 32]);

impl ReceiptChain {
    /// The chain with one more envelope.
    #[must_use]
    pub fn with(self, dseq: u64, envelope: EnvelopeHash, code: RefusalCode) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(dseq.to_be_bytes());
        hash.update(envelope.0);
        hash.update([code.number()]);
        Self(hash.finalize().into())
    }

    /// The chain's end.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The server disposed of the envelopes `first..=last` of a device, durably.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// First envelope.
    #[n(0)]
    pub first: u64,
    /// Last envelope.
    #[n(1)]
    pub last: u64,
    /// End of the [`ReceiptChain`] over them.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub chain: [u8; 32],
    /// Ed25519 by the server's key.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Receipt {
    /// What the server signs.
    #[must_use]
    pub fn signed_bytes(
        tenant: TenantId,
        epoch: &[u8; 16],
        device: DeviceId,
        first: u64,
        last: u64,
        chain: &[u8; 32],
    ) -> Vec<u8> {
        [RECEIPT_PREFIX, tenant.as_bytes(), epoch, device.as_bytes(), &first.to_be_bytes(), &last.to_be_bytes(), chain]
            .concat()
    }

    /// Whether the server's key signed it for this device.
    #[must_use]
    pub fn is_signed_by(&self, server: &[u8; 32], tenant: TenantId, epoch: &[u8; 16], device: DeviceId) -> bool {
        let signed = Self::signed_bytes(tenant, epoch, device, self.first, self.last, &self.chain);
        fits(server, &signed, &self.signature)
    }
}

/// A device may work offline until then.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Lease {
    /// Milliseconds since 1970.
    #[n(0)]
    pub until_ms: i64,
    /// Ed25519 by the server's key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

impl Lease {
    /// What the server signs.
    #[must_use]
    pub fn signed_bytes(tenant: TenantId, device: DeviceId, until_ms: i64) -> Vec<u8> {
        [LEASE_PREFIX, tenant.as_bytes(), device.as_bytes(), &until_ms.to_be_bytes()].concat()
    }

    /// Whether the server's key signed it for this device.
    #[must_use]
    pub fn is_signed_by(&self, server: &[u8; 32], tenant: TenantId, device: DeviceId) -> bool {
        fits(server, &Self::signed_bytes(tenant, device, self.until_ms), &self.signature)
    }
}

fn fits(public: &[u8; 32], signed: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public)
        .is_ok_and(|key| key.verify_strict(signed, &Signature::from_bytes(signature)).is_ok())
}
