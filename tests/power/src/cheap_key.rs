//! Key files that cost nothing to open.
//!
//! A key file names how much work its passphrase costs. Tests that open the same home a thousand times write it anew
//! with next to none: the file stays a key file like any other, and the program under test is the one that ships.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use feltbog_sealing::KeyFile;
use minicbor::Encode;

/// The layout of `feltbog_sealing::KeyFile`, which makes none as weak as this.
#[derive(Encode)]
#[cbor(map)]
struct Cheap {
    #[n(0)]
    format: u32,
    #[n(1)]
    memory_kib: u32,
    #[n(2)]
    passes: u32,
    #[n(3)]
    lanes: u32,
    #[cbor(n(4), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(5), with = "minicbor::bytes")]
    sealed: Vec<u8>,
}

/// Writes the key file at `path` anew, for the same passphrase, as cheap as the format allows. Returns the key in it.
///
/// # Panics
/// When the passphrase does not open the file.
pub fn make_cheap(path: &Path, passphrase: &[u8]) -> [u8; 32] {
    let key = *KeyFile::from_bytes(&fs::read(path).unwrap()).unwrap().unlock(passphrase).unwrap().database().expose();
    let mut cheap = Cheap { format: 1, memory_kib: 8, passes: 1, lanes: 1, salt: [7; 16], sealed: Vec::new() };
    let params = Params::new(cheap.memory_kib, cheap.passes, cheap.lanes, Some(32)).unwrap();
    let mut under = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase, &cheap.salt, &mut under)
        .unwrap();
    let payload = Payload { msg: &key, aad: b"feltbog/key-file/1" };
    cheap.sealed = ChaCha20Poly1305::new(&Key::from(under)).encrypt(&Nonce::default(), payload).unwrap();
    let bytes = minicbor::to_vec(&cheap).unwrap();
    let read = KeyFile::from_bytes(&bytes).unwrap();
    assert_eq!(read.unlock(passphrase).unwrap().database().expose(), &key);
    fs::write(path, bytes).unwrap();
    key
}
