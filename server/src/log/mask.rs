//! How key records and deposits are kept: everything after the header XORed with a stream that follows from the folder's
//! shred key, so that without the key nothing of them is left, in whatever old copy of the database.
//!
//! Not a cipher of the protocol and no protection of the content, which is sealed already. Block i of the stream is
//! SHA-256(`"feltbog/shred/1"` ‖ key ‖ `env_hash` ‖ u64 i). The identity of an envelope stands in it and not its place in the
//! log: after a restore a place may hold another envelope, and one stream over two texts would give both away. The same
//! bytes under the same stream give nothing. Whether what is unmasked is whole, the envelope's own hash and signature say.

use feltbog_protocol::{EnvelopeHash, HEADER_LEN};
use sha2::{Digest, Sha256};

use super::shred::ShredKey;

const DOMAIN: &[u8] = b"feltbog/shred/1";
const BLOCK: usize = 32;

/// Whether envelopes of this kind are kept masked: those that hold wrapped keys.
pub(super) const fn is_masked(kind: u8) -> bool {
    matches!(kind, 3 | 11)
}

/// Masks an envelope, or a beginning of one; done twice it is as before.
pub(super) fn mask(bytes: &mut [u8], key: &ShredKey, hash: EnvelopeHash) {
    let start = Sha256::new().chain_update(DOMAIN).chain_update(key.expose()).chain_update(hash.0);
    let hidden = bytes.get_mut(HEADER_LEN..).unwrap_or_default();
    for (block, number) in hidden.chunks_mut(BLOCK).zip(0_u64..) {
        let stream = start.clone().chain_update(number.to_be_bytes()).finalize();
        block.iter_mut().zip(stream).for_each(|(byte, mask)| *byte ^= mask);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_stays_and_the_rest_comes_back_with_the_same_key_only() {
        let (key, other) = (ShredKey::of([1; 32]), ShredKey::of([2; 32]));
        let plain: Vec<u8> = (0..400_u16).map(|n| (n % 251) as u8).collect();
        let mut bytes = plain.clone();
        mask(&mut bytes, &key, EnvelopeHash([3; 32]));
        assert_eq!(bytes[..HEADER_LEN], plain[..HEADER_LEN]);
        let same = bytes[HEADER_LEN..].iter().zip(&plain[HEADER_LEN..]).filter(|(one, other)| one == other).count();
        assert!(same < 20, "{same} bytes are as they were");
        let mut wrong = bytes.clone();
        mask(&mut wrong, &other, EnvelopeHash([3; 32]));
        assert_ne!(wrong, plain);
        mask(&mut bytes, &key, EnvelopeHash([3; 32]));
        assert_eq!(bytes, plain);
    }

    #[test]
    fn a_beginning_is_unmasked_like_the_whole() {
        let key = ShredKey::of([1; 32]);
        let mut whole = vec![7; 400];
        mask(&mut whole, &key, EnvelopeHash([3; 32]));
        let mut beginning = whole[..HEADER_LEN + 45].to_vec();
        mask(&mut beginning, &key, EnvelopeHash([3; 32]));
        assert_eq!(beginning, [7; HEADER_LEN + 45]);
    }
}
