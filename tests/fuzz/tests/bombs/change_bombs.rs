//! Changes that are small on the wire and huge in memory: five shapes in six sizes.

use std::sync::PoisonError;

use feltbog_domain::DocumentKind;
use feltbog_notes::{ActorBytes, ApplyError, Caps, Document, Heads, apply};
use sha2::{Digest, Sha256};

use super::{ALONE, MOST, bounded, deflated, peak_of};

fn push_unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn push_signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut counted = Vec::new();
    push_unsigned(&mut counted, body.len() as u64);
    let digest = Sha256::new().chain_update([kind]).chain_update(&counted).chain_update(body).finalize();
    [&[0x85, 0x6f, 0x4a, 0x83], &digest[..4], &[kind], counted.as_slice(), body].concat()
}

/// A change on an empty entry, column by column.
fn handmade(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut body = vec![1];
    body.extend_from_slice(&Document::new(DocumentKind::Entry).heads().hashes()[0]);
    body.push(16);
    body.extend_from_slice(&[0xb2; 16]);
    body.extend_from_slice(&[1, 4, 0, 0, 1, 16]);
    body.extend_from_slice(b"feltbog/genesis\x03");
    body.push(columns.len() as u8);
    for (specification, bytes) in columns {
        push_unsigned(&mut body, *specification);
        push_unsigned(&mut body, bytes.len() as u64);
    }
    columns.iter().for_each(|(_, bytes)| body.extend_from_slice(bytes));
    chunk(1, &body)
}

fn run(count: i64, value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    push_signed(&mut bytes, if count == 1 { -1 } else { count });
    push_unsigned(&mut bytes, value);
    bytes
}

fn flags(counts: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    counts.iter().for_each(|count| push_unsigned(&mut bytes, *count));
    bytes
}

/// Letters, each before the last, in a few bytes of run lengths and one byte a letter.
fn letters(count: i64) -> Vec<u8> {
    let mut head = Vec::new();
    push_signed(&mut head, count);
    head.push(0);
    handmade(&[
        (0x01, run(count, 1)),
        (0x02, run(count, 3)),
        (0x13, head),
        (0x34, flags(&[0, count as u64])),
        (0x42, run(count, 1)),
        (0x56, run(count, (1 << 4) | 6)),
        (0x57, vec![b'x'; usize::try_from(count).unwrap().min(200_000)]),
        (0x70, run(count, 0)),
    ])
}

/// Settings of one field with a long name, repeated by a run.
fn settings(count: i64, key: usize) -> Vec<u8> {
    let mut keys = Vec::new();
    push_signed(&mut keys, count);
    push_unsigned(&mut keys, key as u64);
    keys.resize(keys.len() + key, b'k');
    handmade(&[
        (0x15, keys),
        (0x34, flags(&[count as u64])),
        (0x42, run(count, 1)),
        (0x56, run(count, 2)),
        (0x70, run(count, 0)),
    ])
}

/// One operation that says it follows very many.
fn predecessors(count: i64) -> Vec<u8> {
    let mut key = vec![0x7f, 4];
    key.extend_from_slice(b"mood");
    handmade(&[
        (0x15, key),
        (0x34, flags(&[1])),
        (0x42, run(1, 1)),
        (0x56, run(1, 2)),
        (0x70, run(1, count as u64)),
        (0x71, run(count, 0)),
        (0x73, run(count, 0)),
    ])
}

fn taken(what: &str, change: Vec<u8>) -> Option<ApplyError> {
    let mut document = Document::new(DocumentKind::Entry);
    bounded(what, || apply(&mut document, &[change], &Caps::default())).err()
}

/// The longest note in one save is no bomb, and is let through. Automerge gives out a change's operations all at once and
/// not one by one, so looking at 200,000 of them takes more than anything else does, once and for a moment.
#[test]
fn the_longest_note_takes_no_more_than_it_must() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut document = Document::new(DocumentKind::Entry);
    let (taken, peak) = peak_of(|| apply(&mut document, &[letters(200_000)], &Caps::default()));
    assert!(taken.unwrap().changed);
    assert!(peak <= 2 * MOST, "{} MiB", peak / 1024 / 1024);
}

#[test]
fn run_lengths_are_counted_before_they_are_expanded() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for count in [100, 1_000, 10_000, 100_000, 210_001, 20_000_000] {
        let refused = taken(&format!("{count} letters"), letters(count));
        assert_eq!(refused.is_some(), count > 200_000, "{count} letters: {refused:?}");
    }
    for (count, key) in [(100, 10), (1_000, 900), (10_000, 30), (200_000, 5), (210_000, 200_000), (i64::MAX, 4)] {
        let refused = taken(&format!("{count} settings"), settings(count, key));
        assert_eq!(
            refused == Some(ApplyError::TooManyOperations),
            (key as i64 + 64).saturating_mul(count) > 1 << 20,
            "{count} of {key}"
        );
    }
    for count in [1_000, 100_000, 210_000, 1 << 24, 1 << 32, i64::MAX] {
        assert!(taken(&format!("{count} predecessors"), predecessors(count)).is_some());
    }
}

#[test]
fn compressed_chunks_documents_and_bundles_are_refused_without_being_inflated() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for size in [1 << 10, 1 << 14, 1 << 18, 1 << 20, 1 << 24, 1 << 26] {
        let bomb = deflated(&vec![0; size]);
        for kind in [0, 2, 3] {
            let refused = taken(&format!("chunk {kind} of {size}"), chunk(kind, &bomb));
            assert_eq!(refused, Some(ApplyError::CompressedChunk), "chunk {kind} of {size}");
        }
        let column = handmade(&[(0x57 | 8, bomb)]);
        assert_eq!(
            taken(&format!("a column of {size}"), column),
            Some(ApplyError::CompressedChunk),
            "column of {size}"
        );
    }
}
/// Written and taken away again, the longest note leaves next to nothing in the saved document and everything in memory.
#[test]
fn a_document_is_not_filled_with_what_was_written_and_taken_away() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let actor = ActorBytes([9; 16]);
    let mut document = Document::new(DocumentKind::Entry);
    let texts = ["x".repeat(199_000), String::new()];
    let mut written = 0;
    while document.edit_note(actor, &Heads::newest(), &texts[written % 2]).is_ok() {
        written += 1;
        assert!(written < 10, "it goes on for ever");
    }
    assert_eq!(written, 3, "the longest note, away, and once more");
    let saved = document.save();
    assert!(saved.len() < 4_096, "the saved bytes do not tell");
    bounded("loading it", || Document::load(DocumentKind::Entry, &saved)).unwrap();
}
