//! Codec 2.
//!
//! ```text
//! plain_len ‖ packed_len ‖ random_len ‖ random ‖ deflate(plain) ‖ zeros up to the Padmé size
//! random: seen (16 bytes) ‖ actor of each shape ‖ document ids (16 bytes each)
//! plain:  fields_len ‖ fields ‖ texts
//! fields: n, n x shape ‖ n, n x [kind (1 byte), n, n x change]
//! shape:  n, n x hash it follows (32 bytes) ‖ length of its actor ‖ number ‖ first operation
//!         ‖ 0, or 1, actor and counter of the text object ‖ n, n x key
//! change: 0, its bytes | shape + 1, for each key (length << 4 | type) and the value, and if it has a text its length
//! ```
//!
//! Numbers are unsigned LEB128; bytes have their length before them unless it is said. What is random stays outside of
//! the deflated stream, where it would only spoil the code of the rest; like stands beside like. Deflate begins with
//! `dictionary/codec_2.bin` as its preset dictionary, which never changes.

use feltbog_changes::{
    FieldValue, FirstWrite, Input, Shape, TextObject, push_length, push_number, push_sized, take_apart, value_len,
};
use feltbog_domain::DocumentId;
use feltbog_protocol::limits;
use zeroize::Zeroizing;

use super::deflate::{deflate, inflate};
use super::{Payload, PayloadError, SealedDocument};

/// Keys, words and the hashes every first write follows, the most frequent last.
pub(super) static DICTIONARY: &[u8] = include_bytes!("../../dictionary/codec_2.bin");

/// A payload in two streams, before it is deflated.
pub(super) struct Streams {
    pub(super) plain: Zeroizing<Vec<u8>>,
    pub(super) random: Zeroizing<Vec<u8>>,
}

pub(super) fn pack(payload: &Payload) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
    let bytes: usize = payload.documents.iter().flat_map(|document| &document.changes).map(Vec::len).sum();
    if bytes > limits::PLAINTEXT || payload.documents.len() > limits::DOCUMENTS_PER_ENVELOPE {
        return Err(PayloadError::TooLarge);
    }
    let streams = streams_of(payload);
    if streams.plain.len() > limits::PLAINTEXT {
        return Err(PayloadError::TooLarge);
    }
    frame(&streams)
}

#[cfg(test)]
pub(super) fn pack_unchecked(payload: &Payload) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
    frame(&streams_of(payload))
}

pub(super) fn frame(streams: &Streams) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
    let packed = deflate(&streams.plain, DICTIONARY)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(16 + streams.random.len() + packed.len()));
    push_length(&mut bytes, streams.plain.len());
    push_length(&mut bytes, packed.len());
    push_length(&mut bytes, streams.random.len());
    bytes.extend_from_slice(&streams.random);
    bytes.extend_from_slice(&packed);
    Ok(bytes)
}

pub(super) fn streams_of(payload: &Payload) -> Streams {
    let (mut shapes, mut texts) = (Vec::new(), Zeroizing::new(Vec::new()));
    let mut documents = Zeroizing::new(Vec::new());
    for document in &payload.documents {
        documents.push(document.kind);
        push_length(&mut documents, document.changes.len());
        for change in &document.changes {
            write_change(change, &mut shapes, &mut documents, &mut texts);
        }
    }
    let (mut fields, mut random) = (Zeroizing::new(Vec::new()), Zeroizing::new(payload.seen.to_vec()));
    push_length(&mut fields, shapes.len());
    shapes.iter().for_each(|shape| write_shape(shape, &mut fields, &mut random));
    push_length(&mut fields, payload.documents.len());
    fields.extend_from_slice(&documents);
    payload.documents.iter().for_each(|document| random.extend_from_slice(document.document.as_bytes()));
    let mut plain = Zeroizing::new(Vec::with_capacity(fields.len() + texts.len() + 8));
    push_sized(&mut plain, &fields);
    plain.extend_from_slice(&texts);
    Streams { plain, random }
}

fn write_change(change: &[u8], shapes: &mut Vec<Shape>, fields: &mut Vec<u8>, texts: &mut Vec<u8>) {
    let Some((shape, write)) = take_apart(change) else {
        fields.push(0);
        push_sized(fields, change);
        return;
    };
    let place = shapes.iter().position(|known| *known == shape).unwrap_or(shapes.len());
    push_length(fields, place + 1);
    for value in &write.values {
        push_number(fields, value.meta);
        fields.extend_from_slice(value.bytes);
    }
    if shape.text.is_some() {
        push_length(fields, write.text.len());
        texts.extend_from_slice(write.text.as_bytes());
    }
    if place == shapes.len() {
        shapes.push(shape);
    }
}

/// The actor, which is random, goes to the other stream.
fn write_shape(shape: &Shape, plain: &mut Vec<u8>, random: &mut Vec<u8>) {
    push_length(plain, shape.follows.len());
    shape.follows.iter().for_each(|hash| plain.extend_from_slice(hash));
    push_length(plain, shape.actor.len());
    random.extend_from_slice(&shape.actor);
    push_number(plain, shape.number);
    push_number(plain, shape.first_operation);
    match &shape.text {
        None => plain.push(0),
        Some(text) => {
            plain.push(1);
            push_sized(plain, &text.actor);
            push_number(plain, text.counter);
        }
    }
    push_length(plain, shape.keys.len());
    shape.keys.iter().for_each(|key| push_sized(plain, key));
}

fn read_shape(plain: &mut Input<'_>, random: &mut Input<'_>) -> Result<Shape, PayloadError> {
    let mut follows = Vec::new();
    for _ in 0..plain.length()? {
        follows.push(plain.array()?);
    }
    let length = plain.length()?;
    let actor = random.take(length)?.to_vec();
    let (number, first_operation) = (plain.number()?, plain.number()?);
    let text = match plain.byte()? {
        0 => None,
        _ => Some(TextObject { actor: plain.sized()?.to_vec(), counter: plain.number()? }),
    };
    let mut keys = Vec::new();
    for _ in 0..plain.length()? {
        keys.push(plain.sized()?.to_vec());
    }
    Ok(Shape { follows, actor, number, first_operation, text, keys })
}

pub(super) fn unpack(bytes: &[u8]) -> Result<Payload, PayloadError> {
    let mut input = Input(bytes);
    let (plain_len, packed_len, random_len) = (input.length()?, input.length()?, input.length()?);
    let random = input.take(random_len)?;
    let plain = inflate(input.take(packed_len)?, plain_len, DICTIONARY)?;
    let mut texts = Input(&plain);
    let fields = Input(texts.sized()?);
    Unpacking { fields, texts, random: Input(random), shapes: Vec::new(), room: limits::PLAINTEXT }.payload()
}

struct Unpacking<'a> {
    fields: Input<'a>,
    texts: Input<'a>,
    random: Input<'a>,
    shapes: Vec<Shape>,
    /// Bytes of changes that may still come: a shape can be named again and again, so what is written anew is counted.
    room: usize,
}

impl Unpacking<'_> {
    fn payload(mut self) -> Result<Payload, PayloadError> {
        let seen = self.random.array()?;
        for _ in 0..self.fields.length()? {
            self.shapes.push(read_shape(&mut self.fields, &mut self.random)?);
        }
        let count = self.fields.length()?;
        if count > limits::DOCUMENTS_PER_ENVELOPE {
            return Err(PayloadError::TooLarge);
        }
        let mut documents = Vec::with_capacity(count);
        for _ in 0..count {
            documents.push(self.document()?);
        }
        let nothing_left = [&self.fields, &self.texts, &self.random].iter().all(|input| input.0.is_empty());
        if nothing_left { Ok(Payload { seen, documents }) } else { Err(PayloadError::Malformed) }
    }

    fn document(&mut self) -> Result<SealedDocument, PayloadError> {
        let document = DocumentId::new(self.random.array()?);
        let kind = self.fields.byte()?;
        let mut changes = Vec::new();
        for _ in 0..self.fields.length()? {
            let change = self.change()?;
            self.room = self.room.checked_sub(change.len()).ok_or(PayloadError::TooLarge)?;
            changes.push(change);
        }
        Ok(SealedDocument { document, kind, changes })
    }

    fn change(&mut self) -> Result<Vec<u8>, PayloadError> {
        let Some(place) = self.fields.length()?.checked_sub(1) else { return Ok(self.fields.sized()?.to_vec()) };
        let shape = self.shapes.get(place).ok_or(PayloadError::Malformed)?;
        let mut values = Vec::new();
        for _ in 0..shape.keys.len() {
            let meta = self.fields.number()?;
            values.push(FieldValue { meta, bytes: self.fields.take(value_len(meta))? });
        }
        let length = if shape.text.is_some() { self.fields.length()? } else { 0 };
        let text = str::from_utf8(self.texts.take(length)?).map_err(|_| PayloadError::Malformed)?;
        Ok(shape.change(&FirstWrite { values, text }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Another dictionary would make everything unreadable that was sealed with this one.
    #[test]
    fn the_dictionary_is_frozen() {
        use sha2::{Digest, Sha256};
        assert_eq!(
            data_encoding::HEXLOWER.encode(&Sha256::digest(DICTIONARY)),
            "3aa6fb87b67c6c4bf0441920441dd66db35f240c599e6b4aa296a5374f3f3eaf"
        );
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_inflated() {
        let streams = Streams { plain: Zeroizing::new(vec![0; 64 * 1024 * 1024]), random: Zeroizing::new(vec![0; 16]) };
        let packed = deflate(&streams.plain, DICTIONARY).unwrap();
        for claimed in [1_000, limits::PLAINTEXT, usize::MAX] {
            let mut bytes = Vec::new();
            [claimed, packed.len(), 16].into_iter().for_each(|number| push_length(&mut bytes, number));
            bytes.extend_from_slice(&[0; 16]);
            bytes.extend_from_slice(&packed);
            assert_eq!(unpack(&bytes).err(), Some(PayloadError::TooLarge), "{claimed}");
        }
    }

    /// One large shape named many times, a few bytes each.
    #[test]
    fn a_bomb_of_shapes_is_refused() {
        let (mut fields, mut random) = (Vec::new(), vec![0; 16]);
        push_length(&mut fields, 1);
        fields.extend_from_slice(&[0, 16, 1, 1, 0]);
        random.extend_from_slice(&[0; 16]);
        push_length(&mut fields, 1);
        push_sized(&mut fields, &vec![b'k'; 200_000]);
        push_length(&mut fields, 1);
        random.extend_from_slice(&[7; 16]);
        fields.push(3);
        push_length(&mut fields, 100_000);
        (0..100_000).for_each(|_| fields.extend_from_slice(&[1, 1]));
        let mut plain = Zeroizing::new(Vec::new());
        push_sized(&mut plain, &fields);
        let bytes = frame(&Streams { plain, random: Zeroizing::new(random) }).unwrap();
        assert!(bytes.len() < 4_000);
        assert_eq!(unpack(&bytes).err(), Some(PayloadError::TooLarge));
    }
}
