//! Codec 1, which the first version wrote.
//!
//! ```text
//! u32 plain_len ‖ u32 packed_len ‖ deflate(CBOR payload) ‖ zeros up to the Padmé size
//! CBOR payload: [ seen (16 bytes), [ [document id, kind code, [raw change, ...]], ... ] ]
//! ```

use feltbog_domain::DocumentId;
use feltbog_protocol::limits;
use minicbor::decode::{Decoder, Error as CborError};

use super::deflate::inflate;
use super::{Payload, PayloadError, SealedDocument};

pub(super) fn unpack(bytes: &[u8]) -> Result<Payload, PayloadError> {
    let (plain_len, rest) = bytes.split_first_chunk::<4>().ok_or(PayloadError::Malformed)?;
    let (packed_len, rest) = rest.split_first_chunk::<4>().ok_or(PayloadError::Malformed)?;
    let (plain_len, packed_len) = (u32::from_be_bytes(*plain_len) as usize, u32::from_be_bytes(*packed_len) as usize);
    let packed = rest.get(..packed_len).ok_or(PayloadError::Malformed)?;
    from_cbor(&inflate(packed, plain_len, &[])?)
}

fn from_cbor(bytes: &[u8]) -> Result<Payload, PayloadError> {
    let mut d = Decoder::new(bytes);
    let payload = read_cbor(&mut d).map_err(|_| PayloadError::Malformed)?;
    if d.position() != bytes.len() {
        return Err(PayloadError::Malformed);
    }
    if payload.documents.len() > limits::DOCUMENTS_PER_ENVELOPE {
        return Err(PayloadError::TooLarge);
    }
    Ok(payload)
}

fn read_cbor(d: &mut Decoder<'_>) -> Result<Payload, CborError> {
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
    Ok(Payload { seen, documents })
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

/// As the first version wrote it, for the golden file and to compare with.
#[cfg(test)]
pub(super) fn pack(payload: &Payload) -> zeroize::Zeroizing<Vec<u8>> {
    let mut plain = Vec::new();
    let mut e = minicbor::Encoder::new(&mut plain);
    e.array(2).unwrap().bytes(&payload.seen).unwrap().array(payload.documents.len() as u64).unwrap();
    for document in &payload.documents {
        e.array(3).unwrap().bytes(document.document.as_bytes()).unwrap().u8(document.kind).unwrap();
        e.array(document.changes.len() as u64).unwrap();
        for change in &document.changes {
            e.bytes(change).unwrap();
        }
    }
    let packed = super::deflate::deflate(&plain, &[]).unwrap();
    let mut bytes = u32::try_from(plain.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(&u32::try_from(packed.len()).unwrap().to_be_bytes());
    bytes.extend_from_slice(&packed);
    zeroize::Zeroizing::new(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_refused_before_it_is_inflated() {
        let packed = super::super::deflate::deflate(&vec![0; 64 * 1024 * 1024], &[]).unwrap();
        for claimed in [1_000_u32, u32::try_from(limits::PLAINTEXT).unwrap(), u32::MAX] {
            let mut bytes = claimed.to_be_bytes().to_vec();
            bytes.extend_from_slice(&u32::try_from(packed.len()).unwrap().to_be_bytes());
            bytes.extend_from_slice(&packed);
            assert_eq!(unpack(&bytes).err(), Some(PayloadError::TooLarge), "{claimed}");
        }
    }
}
