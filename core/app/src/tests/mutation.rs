//! Changes that are nearly right, and things that are no change at all.

use sha2::{Digest, Sha256};

/// A small generator with a fixed sequence (SplitMix64), so that a failing case has a number.
pub(super) struct Sequence(pub(super) u64);

impl Sequence {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// What follows the header of a chunk.
fn body(chunk: &[u8]) -> &[u8] {
    let length_bytes = chunk[9..].iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
    &chunk[9 + length_bytes..]
}

/// The chunk of a body, with the check sum and length that belong to it.
fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let (mut counted, mut length) = (Vec::new(), body.len());
    while length >= 0x80 {
        counted.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    counted.push(length as u8);
    let digest = Sha256::new().chain_update([kind]).chain_update(&counted).chain_update(body).finalize();
    [&[0x85, 0x6f, 0x4a, 0x83], &digest[..4], &[kind], counted.as_slice(), body].concat()
}

/// A valid change with some bytes altered and the check sum repaired; at times something else in its place.
pub(super) fn mutate(change: &[u8], random: &mut Sequence) -> Vec<u8> {
    match random.below(40) {
        0 => return Vec::new(),
        1 => return change[..random.below(change.len())].to_vec(),
        // Whole documents, compressed changes and bundles are refused from the wire.
        2 => return chunk(*[0, 2, 3].get(random.below(3)).unwrap(), body(change)),
        3 => return [change, change].concat(),
        _ => {}
    }
    let mut body = body(change).to_vec();
    for _ in 0..=random.below(3) {
        // Most of them behind what the change follows: there is nothing but a hash before.
        let from = if random.below(20) == 0 { 0 } else { 33 };
        let at = from + random.below(body.len() - from);
        match random.below(6) {
            0 => body[at] ^= 1 << random.below(8),
            1 => body[at] = random.next() as u8,
            2 => body[at] = body[at].wrapping_add(1),
            3 => body[at] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)],
            4 => body.insert(at, random.next() as u8),
            _ => drop(body.remove(at)),
        }
    }
    chunk(1, &body)
}
