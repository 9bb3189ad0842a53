//! An envelope read a second time, naively, from the table of offsets in the protocol's description and from nothing else.

/// The fields, by their place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Naive<'a> {
    pub(crate) kind: u8,
    pub(crate) suite: u8,
    pub(crate) codec: u8,
    pub(crate) tenant: &'a [u8],
    pub(crate) folder: &'a [u8],
    pub(crate) lineage: u64,
    pub(crate) key_epoch: u64,
    pub(crate) device: &'a [u8],
    pub(crate) dseq: u64,
    pub(crate) base_seq: u64,
    pub(crate) prev: &'a [u8],
    pub(crate) salt: &'a [u8],
    pub(crate) commitment: &'a [u8],
    pub(crate) body: &'a [u8],
    pub(crate) signature: &'a [u8],
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number * 256 + u64::from(*byte))
}

/// Largest body of a kind: 256 KiB, bundles 4 MiB, and a deposit 64 KiB more than what it carries.
const fn cap(kind: u8) -> u64 {
    match kind {
        2 => 4 * 1024 * 1024,
        11 => (256 + 64) * 1024,
        _ => 256 * 1024,
    }
}

/// The envelope, if it is one of version 1.
pub(crate) fn read(bytes: &[u8]) -> Option<Naive<'_>> {
    if bytes.len() < 164 + 64 || &bytes[..5] != b"FELT\x01" {
        return None;
    }
    let length = number(&bytes[160..164]);
    if length > cap(bytes[5]) || bytes.len() as u64 != 164 + length + 64 {
        return None;
    }
    let signature_at = bytes.len() - 64;
    Some(Naive {
        kind: bytes[5],
        suite: bytes[6],
        codec: bytes[7],
        tenant: &bytes[8..24],
        folder: &bytes[24..40],
        lineage: number(&bytes[40..44]),
        key_epoch: number(&bytes[44..48]),
        device: &bytes[48..64],
        dseq: number(&bytes[64..72]),
        base_seq: number(&bytes[72..80]),
        prev: &bytes[80..112],
        salt: &bytes[112..128],
        commitment: &bytes[128..160],
        body: &bytes[164..signature_at],
        signature: &bytes[signature_at..],
    })
}
