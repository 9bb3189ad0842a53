//! Bytes that look like something, out of bytes that are something.

use feltbog_harness::Chance;

/// Longest input made here: far over every specimen, far below every limit on size.
const LONGEST: usize = 16 * 1024;

/// The next input: rarely a specimen as it is, at times any bytes, mostly a specimen with some of it changed.
#[must_use]
pub fn mutate(chance: &mut Chance, specimens: &[Vec<u8>]) -> Vec<u8> {
    if specimens.is_empty() || chance.below(12) == 0 {
        return anything(chance, 300);
    }
    let mut bytes = chance.one(specimens).clone();
    if chance.below(32) == 0 {
        return bytes;
    }
    for _ in 0..=chance.below(4) {
        change(chance, &mut bytes, specimens);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn change(chance: &mut Chance, bytes: &mut Vec<u8>, specimens: &[Vec<u8>]) {
    if bytes.is_empty() {
        bytes.extend(anything(chance, 8));
        return;
    }
    let at = place(chance, bytes.len());
    match chance.below(12) {
        0 | 1 => bytes[at] ^= 1 << chance.below(8),
        2 => bytes[at] = byte(chance),
        3 => bytes[at] = *chance.one(&[0, 1, 0x17, 0x1b, 0x7f, 0x80, 0x9f, 0xbf, 0xf6, 0xff]),
        4 => bytes.insert(at, byte(chance)),
        5 => drop(bytes.remove(at)),
        6 => drop(bytes.drain(at..end(chance, at, bytes.len()))),
        7 => {
            let again = bytes[at..end(chance, at, bytes.len())].to_vec();
            drop(bytes.splice(at..at, again));
        }
        8 => bytes.truncate(at),
        9 => bytes.extend(anything(chance, 40)),
        10 => splice(chance, bytes, specimens),
        _ => lie(chance, bytes, at),
    }
}

/// The front of one and the back of another.
fn splice(chance: &mut Chance, bytes: &mut Vec<u8>, specimens: &[Vec<u8>]) {
    let other = chance.one(specimens);
    if other.is_empty() {
        return;
    }
    bytes.truncate(place(chance, bytes.len()));
    bytes.extend_from_slice(&other[place(chance, other.len())..]);
}

/// A length or a count that is not true, in one of the forms our formats write one: a CBOR head, or a number of two,
/// four or eight bytes.
fn lie(chance: &mut Chance, bytes: &mut Vec<u8>, at: usize) {
    let told =
        *chance.one(&[0, 1, 23, 24, 255, 65_535, 65_536, 1 << 20, 1 << 31, u64::from(u32::MAX), 1 << 40, u64::MAX]);
    let tail = told.to_be_bytes();
    let written: Vec<u8> = match chance.below(4) {
        0 => {
            let major = *chance.one(&[0x40, 0x60, 0x80, 0xa0]);
            [&[major | 0x1b], tail.as_slice()].concat()
        }
        1 => tail[6..].to_vec(),
        2 => tail[4..].to_vec(),
        _ => tail.to_vec(),
    };
    let until = match chance.below(2) {
        0 => (at + 1).min(bytes.len()),
        _ => (at + written.len()).min(bytes.len()),
    };
    drop(bytes.splice(at..until, written));
}

fn anything(chance: &mut Chance, most: u64) -> Vec<u8> {
    (0..chance.below(most)).map(|_| byte(chance)).collect()
}

fn byte(chance: &mut Chance) -> u8 {
    chance.below(256).to_le_bytes()[0]
}

fn place(chance: &mut Chance, length: usize) -> usize {
    usize::try_from(chance.below(length as u64)).unwrap()
}

fn end(chance: &mut Chance, at: usize, length: usize) -> usize {
    (at + 1 + place(chance, 24)).min(length)
}
