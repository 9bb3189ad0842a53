//! The first write of a document: some fields, then perhaps a text from its beginning. Nearly every change is one.
//!
//! Most of such a change follows from the rest. Each letter of a text is an operation whose object, place and length
//! stand in eight run-length encoded columns, and every letter beyond ASCII breaks a run. So the columns are left out
//! and written anew at the other end; the text alone says what stood in them. A change is taken for a first write only
//! when writing it anew gives exactly its bytes; whatever this version's automerge does, any other travels whole.

use sha2::{Digest, Sha256};

use crate::columns::{Runs, flags, push_signed};
use crate::input::{Input, Malformed, push_length, push_number, push_sized};

/// What first writes have in common: everything but the values and the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Shape {
    /// Hashes of the changes it follows.
    pub follows: Vec<[u8; 32]>,
    /// Who wrote it.
    pub actor: Vec<u8>,
    /// Which of the actor's changes it is.
    pub number: u64,
    /// The number of its first operation.
    pub first_operation: u64,
    /// Where its text goes.
    pub text: Option<TextObject>,
    /// The fields it writes, in order.
    pub keys: Vec<Vec<u8>>,
}

/// The object the letters go into.
#[derive(Clone, PartialEq, Eq)]
pub struct TextObject {
    /// Who made it.
    pub actor: Vec<u8>,
    /// With which operation.
    pub counter: u64,
}

/// One value as automerge writes it: length and type in one number, then its bytes.
pub struct FieldValue<'a> {
    /// Length shifted by four bits, and type.
    pub meta: u64,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What one first write adds to its shape.
pub struct FirstWrite<'a> {
    /// A value for each key.
    pub values: Vec<FieldValue<'a>>,
    /// The text.
    pub text: &'a str,
}

/// Takes a change apart, if it is a first write to the last byte.
#[must_use]
pub fn take_apart(change: &[u8]) -> Option<(Shape, FirstWrite<'_>)> {
    let (shape, write) = read_parts(change).ok()?;
    (shape.change(&write) == change).then_some((shape, write))
}

/// How many bytes the values of a field take: all but the lowest four bits of its number.
#[must_use]
pub fn value_len(meta: u64) -> usize {
    usize::try_from(meta >> 4).unwrap_or(usize::MAX)
}

fn read_parts(change: &[u8]) -> Result<(Shape, FirstWrite<'_>), Malformed> {
    let mut input = Input(change);
    input.take(CHUNK_HEAD)?;
    let mut body = Input(input.sized()?);
    let mut follows = Vec::new();
    for _ in 0..body.length()? {
        follows.push(body.array()?);
    }
    let actor = body.sized()?.to_vec();
    let (number, first_operation) = (body.number()?, body.number()?);
    body.take(2)?; // time and message; anything but zero shows when it is written anew
    let text_actor = match body.number()? {
        0 => None,
        _ => Some(body.sized()?.to_vec()),
    };
    let columns = read_columns(&mut body)?;
    let column = |wanted| columns.iter().find(|(name, _)| *name == wanted).map_or(&[][..], |(_, bytes)| *bytes);
    let keys = leading_keys(column(KEY_TEXT))?;
    let mut bytes = Input(column(VALUE));
    let mut values = Vec::new();
    for meta in leading_numbers(column(VALUE_META), keys.len())? {
        values.push(FieldValue { meta, bytes: bytes.take(value_len(meta))? });
    }
    let text = str::from_utf8(bytes.0).map_err(|_| Malformed)?;
    let counter = leading_numbers(column(OBJECT_COUNTER), 1)?.first().copied().unwrap_or_default();
    let text_object = text_actor.map(|actor| TextObject { actor, counter });
    Ok((Shape { follows, actor, number, first_operation, text: text_object, keys }, FirstWrite { values, text }))
}

fn read_columns<'a>(body: &mut Input<'a>) -> Result<Vec<(u64, &'a [u8])>, Malformed> {
    let mut lengths = Vec::new();
    for _ in 0..body.length()? {
        lengths.push((body.number()?, body.length()?));
    }
    lengths.into_iter().map(|(name, length)| Ok((name, body.take(length)?))).collect()
}

/// The keys a column begins with; each differs from the next, so they stand as single values.
fn leading_keys(column: &[u8]) -> Result<Vec<Vec<u8>>, Malformed> {
    let mut input = Input(column);
    let count = singles(input.number()?).ok_or(Malformed)?;
    (0..count).map(|_| Ok(input.sized()?.to_vec())).collect()
}

/// The first numbers of a column, past rows without one.
fn leading_numbers(column: &[u8], wanted: usize) -> Result<Vec<u64>, Malformed> {
    let (mut input, mut found) = (Input(column), Vec::new());
    while found.len() < wanted && !input.0.is_empty() {
        let count = input.number()?;
        if count == 0 {
            input.number()?;
        } else if let Some(singles) = singles(count) {
            for _ in 0..singles.min(wanted - found.len()) {
                found.push(input.number()?);
            }
        } else {
            let value = input.number()?;
            let repeats = usize::try_from(count).unwrap_or(usize::MAX).min(wanted - found.len());
            found.extend(std::iter::repeat_n(value, repeats));
        }
    }
    Ok(found)
}

/// How many single values a signed count of one byte announces; more than 64 keys or values in a row travel whole.
fn singles(count: u64) -> Option<usize> {
    if (0x40..0x80).contains(&count) { usize::try_from(0x80 - count).ok() } else { None }
}

impl Shape {
    /// The change, as automerge writes it.
    #[must_use]
    pub fn change(&self, write: &FirstWrite<'_>) -> Vec<u8> {
        let mut body = Vec::new();
        push_length(&mut body, self.follows.len());
        self.follows.iter().for_each(|hash| body.extend_from_slice(hash));
        push_sized(&mut body, &self.actor);
        push_number(&mut body, self.number);
        push_number(&mut body, self.first_operation);
        body.extend_from_slice(&[0, 0]); // no time, no message
        push_length(&mut body, usize::from(self.text.is_some()));
        if let Some(text) = &self.text {
            push_sized(&mut body, &text.actor);
        }
        let columns = self.columns(write);
        push_length(&mut body, columns.len());
        for (name, bytes) in &columns {
            push_number(&mut body, *name);
            push_length(&mut body, bytes.len());
        }
        columns.iter().for_each(|(_, bytes)| body.extend_from_slice(bytes));
        chunk(&body)
    }

    fn columns(&self, write: &FirstWrite<'_>) -> Vec<(u64, Vec<u8>)> {
        let (fields, letters) = (self.keys.len() as u64, write.text.chars().count() as u64);
        let counter = self.text.as_ref().map(|text| text.counter);
        let mut columns = vec![
            (OBJECT_ACTOR, of_letters(fields, letters, counter.map(|_| 1))),
            (OBJECT_COUNTER, of_letters(fields, letters, counter)),
            (KEY_ACTOR, of_letters(fields + 1, letters.saturating_sub(1), Some(0))),
            (KEY_COUNTER, self.places(letters)),
            (KEY_TEXT, self.key_texts(letters)),
            (INSERT, flags(fields, letters)),
            (ACTION, of_letters(0, fields + letters, Some(1))),
            (VALUE_META, metas(write)),
            (VALUE, values(write)),
            (PREDECESSOR_COUNT, of_letters(0, fields + letters, Some(0))),
        ];
        columns.retain(|(_, bytes)| !bytes.is_empty());
        columns
    }

    /// Each letter stands after the one before it; what is written is the difference to the place before.
    fn places(&self, letters: u64) -> Vec<u8> {
        let mut column = Runs::default();
        column.push(None, self.keys.len() as u64);
        column.push(Some(0), letters.min(1));
        column.push(Some(self.first_operation.saturating_add(self.keys.len() as u64)), u64::from(letters > 1));
        column.push(Some(1), letters.saturating_sub(2));
        column.finish()
    }

    fn key_texts(&self, letters: u64) -> Vec<u8> {
        let mut column = Vec::new();
        push_signed(&mut column, -i64::try_from(self.keys.len()).unwrap_or(i64::MAX));
        self.keys.iter().for_each(|key| push_sized(&mut column, key));
        if letters > 0 {
            column.push(0);
            push_number(&mut column, letters);
        }
        column
    }
}

/// A column in which the rows before the letters have no value and each letter the same.
fn of_letters(before: u64, letters: u64, value: Option<u64>) -> Vec<u8> {
    let mut column = Runs::default();
    column.push(None, before);
    column.push(value, letters);
    column.finish()
}

fn metas(write: &FirstWrite<'_>) -> Vec<u8> {
    let mut column = Runs::default();
    for value in &write.values {
        column.push(Some(value.meta), 1);
    }
    for letter in write.text.chars() {
        column.push(Some((letter.len_utf8() as u64) << 4 | STRING), 1);
    }
    column.finish()
}

fn values(write: &FirstWrite<'_>) -> Vec<u8> {
    let mut column = Vec::new();
    write.values.iter().for_each(|value| column.extend_from_slice(value.bytes));
    column.extend_from_slice(write.text.as_bytes());
    column
}

/// A change's body with its head: magic, checksum, type, length.
fn chunk(body: &[u8]) -> Vec<u8> {
    let mut checked = vec![CHANGE];
    push_length(&mut checked, body.len());
    let digest = Sha256::new().chain_update(&checked).chain_update(body).finalize();
    let mut bytes = Vec::with_capacity(CHUNK_HEAD + 4 + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend(digest.iter().take(4));
    bytes.extend_from_slice(&checked);
    bytes.extend_from_slice(body);
    bytes
}

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Magic, checksum and type.
const CHUNK_HEAD: usize = 9;
const CHANGE: u8 = 1;
/// The type of a string, in the lowest bits of its number.
const STRING: u64 = 6;
const OBJECT_ACTOR: u64 = 0x01;
const OBJECT_COUNTER: u64 = 0x02;
const KEY_ACTOR: u64 = 0x11;
const KEY_COUNTER: u64 = 0x13;
const KEY_TEXT: u64 = 0x15;
const INSERT: u64 = 0x34;
const ACTION: u64 = 0x42;
const VALUE_META: u64 = 0x56;
const VALUE: u64 = 0x57;
const PREDECESSOR_COUNT: u64 = 0x70;
