//! What stands in the pages of an encrypted database for whoever has its key, free pages and the write-ahead log included.
//!
//! Asking SQLite would only tell what its tables still lead to. The layout is SQLCipher 4's with a raw key: AES-256-CBC per page
//! of 4096 bytes, the last 80 of which are the page's initialisation vector and its HMAC; the file's first 16 bytes are the salt.

use std::fs;
use std::path::Path;

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};

const PAGE: usize = 4096;
const RESERVED: usize = 80;
const VECTOR: usize = 16;
const SALT: usize = 16;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Every page of a database and of its write-ahead log, in clear.
///
/// # Panics
/// When a file cannot be read, or the database's first page does not open with this key.
#[must_use]
pub fn plain_pages(database: &Path, key: &[u8; 32]) -> Vec<Vec<u8>> {
    let bytes = fs::read(database).unwrap();
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for (number, page) in bytes.chunks_exact(PAGE).enumerate() {
        pages.push(opened(page, key, number == 0));
    }
    // Bytes 16 to 23 of SQLite's header tell the page size and what is fixed in every file; they follow the salt.
    assert_eq!(pages.first().map(|page| [page[0], page[1], page[5], page[6], page[7]]), Some([16, 0, 64, 32, 32]));
    let log = database.with_extension("db-wal");
    let frames = fs::read(log).unwrap_or_default();
    for frame in frames.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE) {
        let is_first = frame[..4] == [0, 0, 0, 1];
        pages.push(opened(&frame[FRAME_HEADER..], key, is_first));
    }
    pages
}

/// How many pages a word stands in, whatever the case of its letters.
#[must_use]
pub fn pages_with(pages: &[Vec<u8>], word: &str) -> usize {
    let word = word.as_bytes();
    let has = |page: &&Vec<u8>| page.windows(word.len()).any(|at| at.eq_ignore_ascii_case(word));
    pages.iter().filter(has).count()
}

fn opened(page: &[u8], key: &[u8; 32], is_first: bool) -> Vec<u8> {
    let begin = if is_first { SALT } else { 0 };
    let end = PAGE - RESERVED;
    let vector: [u8; VECTOR] = page[end..end + VECTOR].try_into().unwrap();
    let mut plain = page[begin..end].to_vec();
    let mut cipher = Decryptor::<Aes256>::new(key.into(), &vector.into());
    for block in plain.as_chunks_mut::<16>().0 {
        cipher.decrypt_block(block.into());
    }
    plain
}
