//! What stands inside a sealed change set, and how it is packed.
//!
//! ```text
//! u32 plain_len ‖ u32 packed_len ‖ deflate(CBOR payload) ‖ zeros up to the Padmé size
//! CBOR payload: [ seen (16 bytes), [ [document id, kind code, [raw change, ...]], ... ] ]
//! ```

use std::io::{Read, Write};

use feltbog_domain::DocumentId;
use feltbog_protocol::{limits, padme};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use minicbor::decode::{Decoder, Error as CborError};
use minicbor::encode::{Encoder, Error as EncodeError, Write as CborWrite};
use zeroize::Zeroizing;

const LENGTHS: usize = 8;

/// The changes of one document in an envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedDocument {
    /// The document.
    pub document: DocumentId,
    /// Code of its kind.
    pub kind: u8,
    /// Raw automerge changes in causal order.
    pub changes: Vec<Vec<u8>>,
}

/// What an opened envelope gave: only [`crate::open`] makes one, so whoever holds it knows the signature was checked.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedChange {
    pub(crate) payload: Payload,
}

impl OpenedChange {
    /// The documents and their changes.
    #[must_use]
    pub fn documents(&self) -> &[SealedDocument] {
        &self.payload.documents
    }

    /// The author's digest of the folder's rows up to `base_seq`.
    #[must_use]
    pub fn seen(&self) -> &[u8; 16] {
        &self.payload.seen
    }
}

/// Changes of several documents of one folder.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    /// Digest of the folder's rows up to the header's `base_seq`; zero when nothing is claimed.
    pub seen: [u8; 16],
    /// The documents.
    pub documents: Vec<SealedDocument>,
}

/// The plaintext is not a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// More than [`limits::PLAINTEXT`] bytes, more than it said, or too many documents.
    #[error("the payload is over the limit")]
    TooLarge,
    /// Lengths, deflate or CBOR do not fit.
    #[error("the payload cannot be read")]
    Malformed,
}

impl Payload {
    /// Packs and pads. One encoding per payload and version of the deflate library; receivers accept any deflate stream.
    ///
    /// # Errors
    /// [`PayloadError::TooLarge`] when it would not be accepted on the other side.
    pub fn pack(&self) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
        let plain = Zeroizing::new(self.to_cbor());
        if plain.len() > limits::PLAINTEXT || self.documents.len() > limits::DOCUMENTS_PER_ENVELOPE {
            return Err(PayloadError::TooLarge);
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain).map_err(|_| PayloadError::Malformed)?;
        let packed = Zeroizing::new(encoder.finish().map_err(|_| PayloadError::Malformed)?);
        let (plain_len, packed_len) = (length(plain.len())?, length(packed.len())?);
        let mut bytes = Zeroizing::new(Vec::with_capacity(padme(LENGTHS + packed.len())));
        bytes.extend_from_slice(&plain_len.to_be_bytes());
        bytes.extend_from_slice(&packed_len.to_be_bytes());
        bytes.extend_from_slice(&packed);
        bytes.resize(padme(LENGTHS + packed.len()), 0);
        Ok(bytes)
    }

    /// Unpacks, never inflating more than the payload said and the limit allows.
    ///
    /// # Errors
    /// [`PayloadError`] when it is no payload.
    pub fn unpack(bytes: &[u8]) -> Result<Self, PayloadError> {
        let (plain_len, rest) = bytes.split_first_chunk::<4>().ok_or(PayloadError::Malformed)?;
        let (packed_len, rest) = rest.split_first_chunk::<4>().ok_or(PayloadError::Malformed)?;
        let (plain_len, packed_len) =
            (u32::from_be_bytes(*plain_len) as usize, u32::from_be_bytes(*packed_len) as usize);
        if plain_len > limits::PLAINTEXT {
            return Err(PayloadError::TooLarge);
        }
        let packed = rest.get(..packed_len).ok_or(PayloadError::Malformed)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(plain_len));
        // One byte more than announced is read, so that a longer stream is noticed without being inflated.
        let mut bounded = DeflateDecoder::new(packed).take(plain_len as u64 + 1);
        bounded.read_to_end(&mut plain).map_err(|_| PayloadError::Malformed)?;
        if plain.len() > plain_len {
            return Err(PayloadError::TooLarge);
        }
        if plain.len() < plain_len {
            return Err(PayloadError::Malformed);
        }
        Self::from_cbor(&plain)
    }

    fn to_cbor(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Writing into a vector cannot fail.
        let written = self.write_cbor(&mut Encoder::new(&mut bytes));
        debug_assert!(written.is_ok(), "an encoder refused its value");
        bytes
    }

    fn write_cbor<W: CborWrite>(&self, e: &mut Encoder<W>) -> Result<(), EncodeError<W::Error>> {
        e.array(2)?.bytes(&self.seen)?.array(self.documents.len() as u64)?;
        for document in &self.documents {
            e.array(3)?.bytes(document.document.as_bytes())?.u8(document.kind)?;
            e.array(document.changes.len() as u64)?;
            for change in &document.changes {
                e.bytes(change)?;
            }
        }
        Ok(())
    }

    fn from_cbor(bytes: &[u8]) -> Result<Self, PayloadError> {
        let mut d = Decoder::new(bytes);
        let payload = Self::read_cbor(&mut d).map_err(|_| PayloadError::Malformed)?;
        if d.position() != bytes.len() {
            return Err(PayloadError::Malformed);
        }
        if payload.documents.len() > limits::DOCUMENTS_PER_ENVELOPE {
            return Err(PayloadError::TooLarge);
        }
        Ok(payload)
    }

    fn read_cbor(d: &mut Decoder<'_>) -> Result<Self, CborError> {
        expect_array(d, Some(2))?;
        let seen = exactly(d.bytes()?)?;
        let mut documents = Vec::new();
        for _ in 0..expect_array(d, None)? {
            expect_array(d, Some(3))?;
            let document = DocumentId::new(exactly(d.bytes()?)?);
            let kind = d.u8()?;
            let mut changes = Vec::new();
            for _ in 0..expect_array(d, None)? {
                changes.push(d.bytes()?.to_vec());
            }
            documents.push(SealedDocument { document, kind, changes });
        }
        Ok(Self { seen, documents })
    }
}

fn length(len: usize) -> Result<u32, PayloadError> {
    u32::try_from(len).map_err(|_| PayloadError::TooLarge)
}

fn expect_array(d: &mut Decoder<'_>, wanted: Option<u64>) -> Result<u64, CborError> {
    let len = d.array()?.ok_or_else(|| CborError::message("arrays have a length"))?;
    if wanted.is_some_and(|wanted| wanted != len) {
        return Err(CborError::message("an array of another length"));
    }
    Ok(len)
}

fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], CborError> {
    bytes.try_into().map_err(|_| CborError::message("bytes of another length"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn payload(changes: Vec<Vec<u8>>) -> Payload {
        Payload {
            seen: [1; 16],
            documents: vec![SealedDocument { document: DocumentId::new([2; 16]), kind: 3, changes }],
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_inflated() {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![0; 64 * 1024 * 1024]).unwrap();
        let packed = encoder.finish().unwrap();
        for claimed in [1_000_u32, u32::try_from(limits::PLAINTEXT).unwrap(), u32::MAX] {
            let mut bytes = claimed.to_be_bytes().to_vec();
            bytes.extend_from_slice(&u32::try_from(packed.len()).unwrap().to_be_bytes());
            bytes.extend_from_slice(&packed);
            assert_eq!(Payload::unpack(&bytes).err(), Some(PayloadError::TooLarge), "{claimed}");
        }
    }

    #[test]
    fn lengths_that_differ_by_a_few_bytes_look_alike() {
        let sizes: std::collections::BTreeSet<usize> = (0..16_u8)
            .map(|n| payload(vec![crate::random_bytes::<600>()[..580 + usize::from(n)].to_vec()]).pack().unwrap().len())
            .collect();
        assert!(sizes.len() <= 2, "{sizes:?}");
    }

    proptest! {
        #[test]
        fn a_payload_survives_packing(changes in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..5)) {
            let payload = payload(changes);
            let packed = payload.pack().unwrap();
            prop_assert_eq!(packed.len(), padme(packed.len()));
            prop_assert!(Payload::unpack(&packed).unwrap() == payload);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Payload::unpack(&bytes);
        }
    }
}
