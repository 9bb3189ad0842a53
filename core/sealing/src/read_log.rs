//! Readings, sealed for the records officers: a key of their own for each envelope, wrapped for the read log's key.
//!
//! Plaintext: u32 plain_len ‖ u32 packed_len ‖ deflate(CBOR) ‖ zeros up to the Padmé size; CBOR: `[chain before the first,
//! [[at_ms, action, document or null, words or null], ...]]`. The chain is SHA-256 over the chain before and the reading, so
//! that a device which left one out, or told it otherwise to somebody else, is found out.

use chacha20poly1305::aead::{Aead, KeyInit, Payload as CipherInput};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use feltbog_domain::{DeviceId, DocumentId, FolderId, Reading, TenantId};
use feltbog_protocol::{ReadLogKeyName, ReadLogRow, limits};
use minicbor::decode::{Decoder, Error as CborError};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::key_pairs::WrapPair;
use crate::payload::deflate::{deflate, inflate};
use crate::payload::{PayloadError, padded};
use crate::seal::{OpenError, SealError};
use crate::secret::Secret;

const PURPOSE: &[u8] = b"feltbog/read-log/1";
const CHAIN_PREFIX: &[u8] = b"feltbog/read-chain/1";

/// The running hash over a device's readings of one folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadChain(pub [u8; 32]);

impl ReadChain {
    /// Before the first reading.
    #[must_use]
    pub fn beginning(device: DeviceId, folder: FolderId) -> Self {
        let hash = Sha256::new().chain_update(CHAIN_PREFIX).chain_update(device.as_bytes());
        Self(hash.chain_update(folder.as_bytes()).finalize().into())
    }

    /// With one reading more.
    #[must_use]
    pub fn with(self, reading: &Reading) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(bytes_of(reading)).finalize().into())
    }
}

fn bytes_of(reading: &Reading) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a vector cannot fail.
    let written = write(reading, &mut minicbor::Encoder::new(&mut bytes));
    debug_assert!(written.is_ok(), "a vector refused bytes");
    bytes
}

fn write(
    reading: &Reading,
    e: &mut minicbor::Encoder<&mut Vec<u8>>,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    e.array(4)?.i64(reading.at_ms)?.u8(reading.action)?;
    match reading.document {
        Some(document) => e.bytes(document.as_bytes())?,
        None => e.null()?,
    };
    match &reading.words {
        Some(words) => e.str(words)?,
        None => e.null()?,
    };
    Ok(())
}

fn read(d: &mut Decoder<'_>) -> Result<Reading, CborError> {
    if d.array()? != Some(4) {
        return Err(CborError::message("a reading has four parts"));
    }
    let (at_ms, action) = (d.i64()?, d.u8()?);
    let document = optional(d, |d| Ok(d.bytes()?.to_vec()))?;
    let document = document.map(<[u8; 16]>::try_from).transpose();
    let document = document.map_err(|_| CborError::message("an id has sixteen bytes"))?.map(DocumentId::from);
    Ok(Reading { at_ms, action, document, words: optional(d, |d| Ok(d.str()?.to_owned()))? })
}

fn optional<T>(
    d: &mut Decoder<'_>,
    read: impl FnOnce(&mut Decoder<'_>) -> Result<T, CborError>,
) -> Result<Option<T>, CborError> {
    if d.datatype()? == minicbor::data::Type::Null {
        d.null()?;
        return Ok(None);
    }
    read(d).map(Some)
}

/// Readings of one folder on one device, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// The chain before the first of them.
    pub before: ReadChain,
    /// Oldest first.
    pub readings: Vec<Reading>,
}

/// Where readings belong; sealed for one place they open in no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingsPlace {
    /// The municipality.
    pub tenant: TenantId,
    /// The folder that was read in.
    pub folder: FolderId,
    /// The device that was read on.
    pub device: DeviceId,
}

impl ReadingsPlace {
    fn bytes(&self, first: u64, count: u32, key: ReadLogKeyName) -> Vec<u8> {
        [
            self.tenant.as_bytes().as_slice(),
            self.folder.as_bytes(),
            self.device.as_bytes(),
            &first.to_be_bytes(),
            &count.to_be_bytes(),
            key.folder.as_bytes(),
            &key.epoch.to_be_bytes(),
        ]
        .concat()
    }
}

impl Readings {
    /// The chain after the last of them.
    #[must_use]
    pub fn after(&self) -> ReadChain {
        self.readings.iter().fold(self.before, ReadChain::with)
    }

    /// Seals them for the holders of a key; `first` is the number of the first.
    ///
    /// # Errors
    /// [`SealError`] when they are over a limit, or the key is no usable point.
    pub fn seal(
        &self,
        place: &ReadingsPlace,
        first: u64,
        key: ReadLogKeyName,
        public: &[u8; 32],
    ) -> Result<ReadLogRow, SealError> {
        let count = u32::try_from(self.readings.len()).map_err(|_| PayloadError::TooLarge)?;
        let (secret, bound_to) = (Secret::random(), place.bytes(first, count, key));
        let wrap = WrapPair::wrap_for(public, &secret, PURPOSE, &bound_to).map_err(|_| SealError::Cipher)?;
        // The key serves this one message, so the nonce may be constant.
        let cipher = ChaCha20Poly1305::new(&Key::from(*secret.expose()));
        let sealed = cipher
            .encrypt(&Nonce::default(), CipherInput { msg: &self.pack()?, aad: &bound_to })
            .map_err(|_| SealError::Cipher)?;
        if sealed.len() + wrap.len() > limits::READ_LOG_BODY {
            return Err(PayloadError::TooLarge.into());
        }
        Ok(ReadLogRow { first, count, elsewhere: 0, key, wrap, sealed })
    }

    /// Opens what was sealed for a pair.
    ///
    /// # Errors
    /// [`OpenError`] for another key, another place, or altered bytes.
    pub fn open(row: &ReadLogRow, place: &ReadingsPlace, pair: &WrapPair) -> Result<Self, OpenError> {
        let bound_to = place.bytes(row.first, row.count, row.key);
        let secret = pair.open(&row.wrap, PURPOSE, &bound_to).map_err(|_| OpenError::WrongKey)?;
        let cipher = ChaCha20Poly1305::new(&Key::from(*secret.expose()));
        let packed = cipher
            .decrypt(&Nonce::default(), CipherInput { msg: &row.sealed, aad: &bound_to })
            .map(Zeroizing::new)
            .map_err(|_| OpenError::Altered)?;
        let opened = Self::unpack(&packed)?;
        let as_told = usize::try_from(row.count).is_ok_and(|count| count == opened.readings.len());
        if as_told { Ok(opened) } else { Err(PayloadError::Malformed.into()) }
    }

    fn pack(&self) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
        let mut plain = Zeroizing::new(Vec::new());
        let written = self.write(&mut plain);
        debug_assert!(written.is_ok(), "a vector refused bytes");
        let packed = deflate(&plain, &[])?;
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).map_err(|_| PayloadError::TooLarge);
        let mut all = Zeroizing::new(Vec::with_capacity(8 + packed.len()));
        all.extend_from_slice(&length(&plain)?.to_be_bytes());
        all.extend_from_slice(&length(&packed)?.to_be_bytes());
        all.extend_from_slice(&packed);
        Ok(padded(all))
    }

    fn write(&self, plain: &mut Vec<u8>) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        let mut e = minicbor::Encoder::new(plain);
        e.array(2)?.bytes(&self.before.0)?.array(self.readings.len() as u64)?;
        self.readings.iter().try_for_each(|reading| write(reading, &mut e))
    }

    fn unpack(bytes: &[u8]) -> Result<Self, PayloadError> {
        let (plain_len, rest) = bytes.split_first_chunk::<4>().ok_or(PayloadError::Malformed)?;
        let (packed_len, rest) = rest.split_first_chunk::<4>().ok_or(PayloadError::Malformed)?;
        let (plain_len, packed_len) =
            (u32::from_be_bytes(*plain_len) as usize, u32::from_be_bytes(*packed_len) as usize);
        let packed = rest.get(..packed_len).ok_or(PayloadError::Malformed)?;
        Self::read(&inflate(packed, plain_len, &[])?).map_err(|_| PayloadError::Malformed)
    }

    fn read(plain: &[u8]) -> Result<Self, CborError> {
        let malformed = || CborError::message("no readings");
        let mut d = Decoder::new(plain);
        if d.array()? != Some(2) {
            return Err(malformed());
        }
        let before = ReadChain(d.bytes()?.try_into().map_err(|_| malformed())?);
        let count = d.array()?.filter(|count| *count <= limits::READS_PER_ENVELOPE).ok_or_else(malformed)?;
        let mut readings = Vec::new();
        for _ in 0..count {
            readings.push(read(&mut d)?);
        }
        if d.position() == plain.len() { Ok(Self { before, readings }) } else { Err(malformed()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: ReadLogKeyName = ReadLogKeyName { folder: FolderId::new([7; 16]), epoch: 2 };

    fn place() -> ReadingsPlace {
        ReadingsPlace { tenant: TenantId::new([1; 16]), folder: FolderId::new([2; 16]), device: DeviceId::new([3; 16]) }
    }

    fn readings() -> Readings {
        let opened = Reading { at_ms: 5, action: 1, document: Some(DocumentId::new([4; 16])), words: None };
        let searched = Reading { at_ms: 9, action: 3, document: None, words: Some("køkken".into()) };
        Readings { before: ReadChain::beginning(place().device, place().folder), readings: vec![opened, searched] }
    }

    #[test]
    fn readings_open_for_the_key_they_were_sealed_for_and_for_no_other() {
        let (pair, other) = (WrapPair::from_seed(&Secret::random()), WrapPair::from_seed(&Secret::random()));
        let row = readings().seal(&place(), 1, KEY, &pair.public()).unwrap();
        assert_eq!(Readings::open(&row, &place(), &pair), Ok(readings()));
        assert_eq!(Readings::open(&row, &place(), &other), Err(OpenError::WrongKey));
        assert!(!row.sealed.windows(6).any(|window| window == "køkken".as_bytes().get(..6).unwrap_or_default()));
    }

    #[test]
    fn readings_moved_to_another_folder_device_or_number_do_not_open() {
        let pair = WrapPair::from_seed(&Secret::random());
        let row = readings().seal(&place(), 1, KEY, &pair.public()).unwrap();
        for moved in [
            ReadingsPlace { folder: FolderId::new([9; 16]), ..place() },
            ReadingsPlace { device: DeviceId::new([9; 16]), ..place() },
            ReadingsPlace { tenant: TenantId::new([9; 16]), ..place() },
        ] {
            assert!(Readings::open(&row, &moved, &pair).is_err(), "{moved:?}");
        }
        assert!(Readings::open(&ReadLogRow { first: 2, ..row.clone() }, &place(), &pair).is_err());
        assert!(Readings::open(&ReadLogRow { count: 1, ..row }, &place(), &pair).is_err());
    }

    #[test]
    fn the_chain_tells_a_reading_that_was_altered_left_out_or_told_in_another_order() {
        let told = readings();
        let mut altered = told.clone();
        altered.readings[1].words = Some("have".into());
        let mut shorter = told.clone();
        shorter.readings.pop();
        let mut turned = told.clone();
        turned.readings.reverse();
        for other in [altered, shorter, turned] {
            assert_ne!(other.after(), told.after());
        }
        assert_ne!(ReadChain::beginning(place().device, KEY.folder), told.before);
    }

    #[test]
    fn a_key_that_is_no_point_is_refused_and_not_written_for() {
        assert!(readings().seal(&place(), 1, KEY, &[0; 32]).is_err());
    }
}
