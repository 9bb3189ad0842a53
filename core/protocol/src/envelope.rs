//! The envelope: a sealed, device-signed batch that is stored and forwarded byte for byte.
//!
//! ```text
//! offset  bytes  field                     offset  bytes  field
//!      0      4  magic "FELT"                  72      8  base_seq
//!      4      1  version = 1                   80     32  prev
//!      5      1  kind                         112     16  salt        <- H ends before it
//!      6      1  suite                        128     32  commitment
//!      7      1  payload codec                160      4  body length n
//!      8     16  tenant                       164      n  body
//!     24     16  folder                     164+n     64  Ed25519 over "feltbog/env/1\0" and all before
//!     40      4  lineage
//!     44      4  key epoch
//!     48     16  device
//!     64      8  dseq
//! ```
//!
//! All numbers are big-endian. There is one encoding of an envelope, so there is nothing to canonicalise.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use feltbog_domain::{DeviceId, FolderId, TenantId};
use sha2::{Digest, Sha256};

use crate::limits;

/// Bytes before the body.
pub const HEADER_LEN: usize = 164;
/// Bytes of the signature.
pub const SIGNATURE_LEN: usize = 64;
const MAGIC: [u8; 4] = *b"FELT";
const VERSION: u8 = 1;
const SIGNED_PREFIX: &[u8] = b"feltbog/env/1\0";

/// What an envelope carries. Codes of newer versions are stored and skipped, never an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum EnvelopeKind {
    /// Sealed changes to documents of one folder.
    ChangeSet = 1,
    /// Sealed: everything of a folder at once, as a hint.
    ColdBundle = 2,
    /// Clear: a folder's key, wrapped for its members.
    KeyRecord = 3,
    /// Clear: a member may open a folder.
    Grant = 4,
    /// Clear: a member may no longer open a folder.
    Revoke = 5,
    /// Clear: a folder is erased.
    Erase = 6,
    /// Clear: certificates.
    Certificate = 7,
    /// Sealed to the records role: what was read.
    ReadLog = 8,
    /// Clear: pseudonymous coded facts.
    FactBatch = 9,
    /// Clear: which rows could not be read.
    QuarantineReport = 10,
    /// Sealed to the leaders: work that found no open folder.
    Deposit = 11,
}

impl EnvelopeKind {
    const ALL: [EnvelopeKind; 11] = [
        EnvelopeKind::ChangeSet,
        EnvelopeKind::ColdBundle,
        EnvelopeKind::KeyRecord,
        EnvelopeKind::Grant,
        EnvelopeKind::Revoke,
        EnvelopeKind::Erase,
        EnvelopeKind::Certificate,
        EnvelopeKind::ReadLog,
        EnvelopeKind::FactBatch,
        EnvelopeKind::QuarantineReport,
        EnvelopeKind::Deposit,
    ];

    /// The code in the frame.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind of a code, if this version knows it.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// SHA-256 of an envelope without its signature: its identity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct EnvelopeHash(pub [u8; 32]);

/// 64 hexadecimal digits.
impl fmt::Display for EnvelopeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for EnvelopeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnvelopeHash({})", data_encoding::HEXLOWER.encode(self.0.get(..6).unwrap_or_default()))
    }
}

/// The fields before the body. Plain data: a header proves nothing until its envelope is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Code of the kind; see [`EnvelopeKind`].
    pub kind: u8,
    /// Cipher suite: 0 for clear kinds, 1 for Ed25519, HPKE(X25519, HKDF-SHA256, ChaCha20-Poly1305), SHA-256.
    pub suite: u8,
    /// How the payload is packed: 0 for clear kinds, 1 for deflated CBOR.
    pub codec: u8,
    /// The municipality.
    pub tenant: TenantId,
    /// The folder; [`FolderId::NONE`] when not bound to one.
    pub folder: FolderId,
    /// Always 0 in version 1.
    pub lineage: u32,
    /// The folder's key it is sealed with, from 1; 0 for clear kinds other than key records.
    pub key_epoch: u32,
    /// The signing device.
    pub device: DeviceId,
    /// The device's own count of envelopes, from 1, without gaps.
    pub dseq: u64,
    /// The highest log row of this folder the author had applied; 0 when nothing is claimed.
    pub base_seq: u64,
    /// The device's previous envelope in this folder; zero for the first.
    pub prev: EnvelopeHash,
    /// Input of the envelope key; zero for clear kinds.
    pub salt: [u8; 16],
    /// Binds the body to one key; zero for clear kinds.
    pub commitment: [u8; 32],
}

impl Header {
    /// The kind, if this version knows it.
    #[must_use]
    pub fn known_kind(&self) -> Option<EnvelopeKind> {
        EnvelopeKind::from_code(self.kind)
    }

    /// The bytes before the salt: what the envelope key is bound to (`H` in the protocol).
    #[must_use]
    pub fn key_context(&self) -> [u8; 112] {
        let mut bytes = [0_u8; 112];
        let mut at = 0;
        let mut put = |part: &[u8]| {
            if let Some(slot) = bytes.get_mut(at..at + part.len()) {
                slot.copy_from_slice(part);
            }
            at += part.len();
        };
        put(&MAGIC);
        put(&[VERSION, self.kind, self.suite, self.codec]);
        put(self.tenant.as_bytes());
        put(self.folder.as_bytes());
        put(&self.lineage.to_be_bytes());
        put(&self.key_epoch.to_be_bytes());
        put(self.device.as_bytes());
        put(&self.dseq.to_be_bytes());
        put(&self.base_seq.to_be_bytes());
        put(&self.prev.0);
        bytes
    }

    /// All bytes before the body, for a body of `body_len` bytes: the associated data of the body's cipher.
    #[must_use]
    pub fn to_bytes(&self, body_len: u32) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LEN);
        bytes.extend_from_slice(&self.key_context());
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.commitment);
        bytes.extend_from_slice(&body_len.to_be_bytes());
        bytes
    }
}

/// The bytes are no envelope of version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Shorter than the smallest envelope, or not as long as its body length says.
    #[error("the envelope's length does not fit its frame")]
    Length,
    /// Another magic or version.
    #[error("not an envelope of version 1")]
    Version,
    /// The body is over the limit of its kind.
    #[error("the envelope's body is over the limit")]
    TooLarge,
}

/// The signature does not fit the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the envelope's signature does not fit the device's key")]
pub struct SignatureError;

/// An envelope that is not signed yet.
#[derive(Debug, Clone)]
pub struct Draft {
    bytes: Vec<u8>,
    header: Header,
}

impl Draft {
    /// Puts header and body together.
    ///
    /// # Errors
    /// [`FrameError::TooLarge`] when the body is over the limit of its kind.
    pub fn new(header: Header, body: &[u8]) -> Result<Self, FrameError> {
        let body_len = u32::try_from(body.len()).map_err(|_| FrameError::TooLarge)?;
        if body.len() > body_limit(header.kind) {
            return Err(FrameError::TooLarge);
        }
        let mut bytes = header.to_bytes(body_len);
        bytes.extend_from_slice(body);
        Ok(Self { bytes, header })
    }

    /// What the device signs.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        [SIGNED_PREFIX, &self.bytes].concat()
    }

    /// The envelope with its signature; whether it fits is found by [`Envelope::verify`].
    #[must_use]
    pub fn signed(mut self, signature: [u8; SIGNATURE_LEN]) -> Envelope {
        self.bytes.extend_from_slice(&signature);
        Envelope { bytes: self.bytes, header: self.header }
    }
}

/// An envelope whose frame is right and whose signature nobody has checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    bytes: Vec<u8>,
    header: Header,
}

impl Envelope {
    /// Reads the frame. The bytes are kept as they came.
    ///
    /// # Errors
    /// [`FrameError`] when the frame is not of version 1.
    pub fn decode(bytes: Vec<u8>) -> Result<Self, FrameError> {
        let mut reader = Reader { bytes: &bytes };
        if reader.take::<4>()? != MAGIC || reader.take::<1>()? != [VERSION] {
            return Err(FrameError::Version);
        }
        let [kind, suite, codec] = reader.take::<3>()?;
        let header = Header {
            kind,
            suite,
            codec,
            tenant: TenantId::new(reader.take()?),
            folder: FolderId::new(reader.take()?),
            lineage: u32::from_be_bytes(reader.take()?),
            key_epoch: u32::from_be_bytes(reader.take()?),
            device: DeviceId::new(reader.take()?),
            dseq: u64::from_be_bytes(reader.take()?),
            base_seq: u64::from_be_bytes(reader.take()?),
            prev: EnvelopeHash(reader.take()?),
            salt: reader.take()?,
            commitment: reader.take()?,
        };
        let body_len = u32::from_be_bytes(reader.take()?) as usize;
        if body_len > body_limit(kind) {
            return Err(FrameError::TooLarge);
        }
        if reader.bytes.len() != body_len + SIGNATURE_LEN {
            return Err(FrameError::Length);
        }
        Ok(Self { bytes, header })
    }

    /// The fields before the body.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The bytes as they travel.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes before the body: associated data of the body's cipher.
    #[must_use]
    pub fn header_bytes(&self) -> &[u8] {
        self.bytes.get(..HEADER_LEN).unwrap_or_default()
    }

    /// The body, sealed or clear by kind.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.bytes.get(HEADER_LEN..self.signature_at()).unwrap_or_default()
    }

    /// The envelope's identity.
    #[must_use]
    pub fn hash(&self) -> EnvelopeHash {
        EnvelopeHash(Sha256::digest(self.unsigned_bytes()).into())
    }

    /// Checks the signature with the key of the device that the header names.
    ///
    /// # Errors
    /// [`SignatureError`] when it does not fit.
    pub fn verify(self, key: &VerifyingKey) -> Result<VerifiedEnvelope, SignatureError> {
        let signature =
            self.bytes.get(self.signature_at()..).and_then(|s| Signature::from_slice(s).ok()).ok_or(SignatureError)?;
        let signed = [SIGNED_PREFIX, self.unsigned_bytes()].concat();
        key.verify_strict(&signed, &signature).map_err(|_| SignatureError)?;
        Ok(VerifiedEnvelope(self))
    }

    fn signature_at(&self) -> usize {
        self.bytes.len() - SIGNATURE_LEN
    }

    fn unsigned_bytes(&self) -> &[u8] {
        self.bytes.get(..self.signature_at()).unwrap_or_default()
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Envelope(kind {}, {} bytes)", self.header.kind, self.bytes.len())
    }
}

/// An envelope whose signature fits the device it names. Only these reach a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedEnvelope(Envelope);

impl VerifiedEnvelope {
    /// The envelope.
    #[must_use]
    pub fn envelope(&self) -> &Envelope {
        &self.0
    }

    /// The fields before the body.
    #[must_use]
    pub fn header(&self) -> &Header {
        self.0.header()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }
}

fn body_limit(kind: u8) -> usize {
    match EnvelopeKind::from_code(kind) {
        Some(EnvelopeKind::ColdBundle) => limits::BUNDLE_BODY,
        Some(EnvelopeKind::Deposit) => limits::DEPOSIT_BODY,
        _ => limits::ENVELOPE_BODY,
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let (part, rest) = self.bytes.split_first_chunk::<N>().ok_or(FrameError::Length)?;
        self.bytes = rest;
        Ok(*part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};
    use proptest::prelude::*;

    fn header() -> Header {
        Header {
            kind: 1,
            suite: 1,
            codec: 1,
            tenant: TenantId::new([1; 16]),
            folder: FolderId::new([2; 16]),
            lineage: 0,
            key_epoch: 3,
            device: DeviceId::new([4; 16]),
            dseq: 5,
            base_seq: 6,
            prev: EnvelopeHash([7; 32]),
            salt: [8; 16],
            commitment: [9; 32],
        }
    }

    fn signed(key: &SigningKey) -> Envelope {
        let draft = Draft::new(header(), b"body").unwrap();
        let signature = key.sign(&draft.signed_bytes()).to_bytes();
        draft.signed(signature)
    }

    #[test]
    fn an_envelope_survives_the_wire_byte_for_byte() {
        let envelope = signed(&SigningKey::from_bytes(&[1; 32]));
        let again = Envelope::decode(envelope.bytes().to_vec()).unwrap();
        assert_eq!(again, envelope);
        assert_eq!(again.header(), &header());
        assert_eq!(again.body(), b"body");
        assert_eq!(envelope.bytes().len(), HEADER_LEN + 4 + SIGNATURE_LEN);
    }

    #[test]
    fn every_single_bit_is_under_the_signature() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let bytes = signed(&key).bytes().to_vec();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let accepted = Envelope::decode(changed).is_ok_and(|e| e.verify(&key.verifying_key()).is_ok());
            assert!(!accepted, "byte {at} may be changed unnoticed");
        }
    }

    #[test]
    fn another_devices_key_does_not_verify_it() {
        let envelope = signed(&SigningKey::from_bytes(&[1; 32]));
        assert_eq!(envelope.verify(&SigningKey::from_bytes(&[2; 32]).verifying_key()), Err(SignatureError));
    }

    #[test]
    fn a_body_over_the_limit_is_refused_on_both_ends() {
        let body = vec![0; limits::ENVELOPE_BODY + 1];
        assert_eq!(Draft::new(header(), &body).err(), Some(FrameError::TooLarge));
        let mut bytes = header().to_bytes(u32::try_from(body.len()).unwrap());
        bytes.extend_from_slice(&body);
        bytes.extend_from_slice(&[0; 64]);
        assert_eq!(Envelope::decode(bytes).err(), Some(FrameError::TooLarge));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_decoder_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Envelope::decode(bytes);
        }
    }
}
