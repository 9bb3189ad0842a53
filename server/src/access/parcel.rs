//! Pushed envelopes, read and with their signatures checked before the writer is asked for.

use ed25519_dalek::VerifyingKey;
use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{
    CertificateBundle, Deposit, Envelope, EnvelopeBytes, EnvelopeHash, EnvelopeKind, Erase, ErrorCode, FactBatch,
    FrameError, Grant, KeyRecord, PurgeReceipt, ReadLogRow, RefusalCode, Revoke, SIGNATURE_LEN, VerifiedEnvelope,
    limits,
};
use sha2::{Digest, Sha256};

use super::Refusal;
use super::authenticate::Caller;

/// The pushed envelopes of one request, their numbers rising.
pub(super) struct Parcel {
    pub(super) tenant: TenantId,
    pub(super) device: DeviceId,
    pub(super) member: MemberId,
    pub(super) items: Vec<Item>,
    /// All of it was sealed knowing every erasure up to this row, where the device says so.
    pub(super) knows_erasures_to: Option<u64>,
}

/// One pushed envelope.
pub(super) struct Item {
    pub(super) dseq: u64,
    pub(super) hash: EnvelopeHash,
    pub(super) content: Result<Readable, RefusalCode>,
    pub(super) proven: Option<Proven>,
}

/// What a receipt says of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proven {
    pub(super) code: RefusalCode,
    /// The epoch in which it was said.
    pub(super) epoch: [u8; 16],
}

/// An envelope whose frame, signature and clear body hold.
pub(super) struct Readable {
    pub(super) envelope: VerifiedEnvelope,
    pub(super) body: ReadableBody,
}

/// What the server can read of an envelope's body.
pub(super) enum ReadableBody {
    /// Kind 1.
    Sealed,
    /// Kind 3.
    KeyRecord(KeyRecord),
    /// Kind 4.
    Grant(Grant),
    /// Kind 5.
    Revoke(Revoke),
    /// Kind 2.
    Bundle,
    /// Kind 7.
    Certificates(CertificateBundle),
    /// Kind 11; the signature of the envelope inside was checked.
    Deposit(Deposit),
    /// Kind 6.
    Erase(Erase),
    /// Kind 8, form 1.
    Readings(ReadLogRow),
    /// Kind 8, form 2.
    Purge(PurgeReceipt),
    /// Kind 9; what it says is read when it is counted.
    Facts,
    /// A kind to store and pass over.
    Opaque,
}

impl Parcel {
    /// Reads what a device pushed. What is wrong with one envelope becomes its disposition; what is wrong with the
    /// numbering sinks the request, since nothing could be remembered for it.
    pub(super) fn open(caller: &Caller, pushed: Vec<EnvelopeBytes>) -> Result<Self, Refusal> {
        let key = VerifyingKey::from_bytes(&caller.sign_public).map_err(|_| ErrorCode::UnknownDevice)?;
        let items: Vec<Item> =
            pushed.into_iter().map(|bytes| Item::read(caller, &key, bytes.0)).collect::<Result<_, _>>()?;
        let rising = items.iter().zip(items.iter().skip(1)).all(|(one, next)| one.dseq < next.dseq);
        if !rising || items.iter().any(|item| item.dseq == 0 || i64::try_from(item.dseq).is_err()) {
            return Err(ErrorCode::BadRequest.into());
        }
        Ok(Self { tenant: caller.tenant, device: caller.device, member: caller.member, items, knows_erasures_to: None })
    }

    /// Whether any number is one of those made in reserve, which stand outside of the device's own count.
    pub(super) fn has_reserve_numbers(&self) -> bool {
        self.items.iter().any(|item| item.dseq >= limits::RESERVE_NUMBERS)
    }

    /// Whether it holds whole deposits made in reserve and nothing else.
    pub(super) fn is_reserve(&self) -> bool {
        let is_one = |item: &Item| {
            let is_deposit = |readable: &Readable| matches!(readable.body, ReadableBody::Deposit(_));
            item.dseq >= limits::RESERVE_NUMBERS && item.content.as_ref().is_ok_and(is_deposit)
        };
        !self.items.is_empty() && self.items.iter().all(is_one)
    }
}

impl Item {
    fn read(caller: &Caller, key: &VerifyingKey, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let dseq = number_in(&bytes).ok_or(ErrorCode::BadRequest)?;
        let hash = hash_of(&bytes);
        Ok(Self { dseq, hash, content: Readable::read(caller, key, bytes), proven: None })
    }

    /// A receipt speaks for it. Where two disagree, since one of them was given for a log that had lost the envelope, the
    /// one that accepted it counts.
    pub(super) fn believe(&mut self, proven: Proven) {
        if self.proven.is_none_or(|before| !before.code.is_accepted()) {
            self.proven = Some(proven);
        }
    }
}

impl Readable {
    fn read(caller: &Caller, key: &VerifyingKey, bytes: Vec<u8>) -> Result<Self, RefusalCode> {
        let envelope = Envelope::decode(bytes).map_err(|error| match error {
            FrameError::TooLarge => RefusalCode::TooLarge,
            FrameError::Length | FrameError::Version => RefusalCode::BadFrame,
        })?;
        if envelope.header().tenant != caller.tenant || envelope.header().device != caller.device {
            return Err(RefusalCode::BadSignature);
        }
        let envelope = envelope.verify(key).map_err(|_| RefusalCode::BadSignature)?;
        let body = ReadableBody::read(&envelope, key)?;
        Ok(Self { envelope, body })
    }
}

impl ReadableBody {
    fn read(envelope: &VerifiedEnvelope, key: &VerifyingKey) -> Result<Self, RefusalCode> {
        use EnvelopeKind::{
            Certificate, ChangeSet, ColdBundle, Deposit, Erase, Grant, KeyRecord, QuarantineReport, ReadLog, Revoke,
        };
        Ok(match envelope.header().known_kind() {
            Some(ChangeSet) => ReadableBody::Sealed,
            Some(KeyRecord) => ReadableBody::KeyRecord(clear(envelope)?),
            Some(Grant) => ReadableBody::Grant(clear(envelope)?),
            Some(Revoke) => ReadableBody::Revoke(clear(envelope)?),
            Some(ColdBundle) => ReadableBody::Bundle,
            Some(Certificate) => ReadableBody::Certificates(clear(envelope)?),
            Some(Deposit) => ReadableBody::Deposit(deposit(envelope, key)?),
            Some(Erase) => ReadableBody::Erase(clear(envelope)?),
            Some(ReadLog) => {
                let receipt = feltbog_protocol::decode(envelope.body()).map(ReadableBody::Purge);
                receipt.or_else(|_| clear(envelope).map(ReadableBody::Readings))?
            }
            Some(EnvelopeKind::FactBatch) => {
                clear::<FactBatch>(envelope)?;
                ReadableBody::Facts
            }
            Some(QuarantineReport) | None => ReadableBody::Opaque,
        })
    }
}

fn clear<'b, T: minicbor::Decode<'b, ()>>(envelope: &'b VerifiedEnvelope) -> Result<T, RefusalCode> {
    feltbog_protocol::decode(envelope.body()).map_err(|_| RefusalCode::BadFrame)
}

/// A deposit needs no grant, so that nobody could say later it was somebody else's the signature inside is checked too.
fn deposit(envelope: &VerifiedEnvelope, key: &VerifyingKey) -> Result<Deposit, RefusalCode> {
    let deposit: Deposit = clear(envelope)?;
    let inside = Envelope::decode(deposit.envelope.clone()).map_err(|_| RefusalCode::BadFrame)?;
    inside.verify(key).map_err(|_| RefusalCode::BadSignature)?;
    Ok(deposit)
}

/// The number of something that may be no envelope of this version: its place in the frame is the same in all.
fn number_in(bytes: &[u8]) -> Option<u64> {
    if !bytes.starts_with(MAGIC) {
        return None;
    }
    bytes.get(DSEQ_AT..)?.first_chunk::<8>().copied().map(u64::from_be_bytes)
}

/// The identity of something that may be no envelope, by the same rule as for one.
fn hash_of(bytes: &[u8]) -> EnvelopeHash {
    let unsigned = bytes.get(..bytes.len().saturating_sub(SIGNATURE_LEN)).unwrap_or_default();
    EnvelopeHash(Sha256::digest(unsigned).into())
}

const MAGIC: &[u8] = b"FELT";
const DSEQ_AT: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use feltbog_domain::FolderId;
    use feltbog_protocol::{Draft, Header};

    #[test]
    fn number_and_hash_are_found_where_the_protocol_puts_them() {
        let header = Header {
            kind: 1,
            suite: 1,
            codec: 1,
            tenant: TenantId::new([1; 16]),
            folder: FolderId::new([2; 16]),
            lineage: 0,
            key_epoch: 1,
            device: DeviceId::new([3; 16]),
            dseq: 0x0102_0304_0506_0708,
            base_seq: 9,
            prev: EnvelopeHash([4; 32]),
            salt: [5; 16],
            commitment: [6; 32],
        };
        let envelope = Draft::new(header, b"body").unwrap().signed([7; 64]);
        assert_eq!(number_in(envelope.bytes()), Some(0x0102_0304_0506_0708));
        assert_eq!(hash_of(envelope.bytes()), envelope.hash());
    }

    #[test]
    fn bytes_that_begin_otherwise_or_end_too_soon_have_no_number() {
        assert_eq!(number_in(&[0; 300]), None);
        assert_eq!(number_in(b"FELT"), None);
        assert_eq!(number_in(&[b"FELT".as_slice(), &[0; 67]].concat()), None);
    }
}
