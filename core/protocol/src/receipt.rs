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

/// A receipt with everything its chain was made of: the server's own word, held out to a server that forgot.
///
/// After a restore the server verifies it with its key and disposes of the envelopes as it did the first time, also where
/// the grant is gone by now (protocol, section 1.7). An erased folder stays erased.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ReceiptProof {
    /// The log's epoch the receipt was signed in.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub epoch: [u8; 16],
    /// The receipt.
    #[n(1)]
    pub receipt: Receipt,
    /// What became of each envelope from `receipt.first` to `receipt.last`.
    #[n(2)]
    pub disposed: Vec<DisposedEnvelope>,
}

/// One link of a receipt's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct DisposedEnvelope {
    /// The envelope's identity.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub hash: [u8; 32],
    /// What became of it.
    #[n(1)]
    pub code: RefusalCode,
}

impl ReceiptProof {
    /// Whether the server's key signed for exactly these envelopes of this device.
    #[must_use]
    pub fn is_signed_by(&self, server: &[u8; 32], tenant: TenantId, device: DeviceId) -> bool {
        let count = self.receipt.last.checked_sub(self.receipt.first).and_then(|n| n.checked_add(1));
        if count != u64::try_from(self.disposed.len()).ok() {
            return false;
        }
        let chain =
            self.disposed.iter().zip(self.receipt.first..).fold(ReceiptChain::default(), |chain, (link, dseq)| {
                chain.with(dseq, EnvelopeHash(link.hash), link.code)
            });
        self.receipt.chain == *chain.bytes() && self.receipt.is_signed_by(server, tenant, &self.epoch, device)
    }

    /// What became of an envelope, if the receipt speaks for it.
    #[must_use]
    pub fn disposition(&self, dseq: u64, hash: EnvelopeHash) -> Option<RefusalCode> {
        let at = usize::try_from(dseq.checked_sub(self.receipt.first)?).ok()?;
        self.disposed.get(at).filter(|link| link.hash == hash.0).map(|link| link.code)
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
