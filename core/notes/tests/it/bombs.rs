//! Changes that are small on the wire and huge in memory, or hide what they are.

use automerge::Change as Stored;
use automerge::ROOT;
use automerge::transaction::Transactable;
use feltbog_domain::DocumentKind;
use feltbog_notes::{ApplyError, Caps, Document, Heads, apply};

use crate::samples::{
    AMINA, BO, NOTE, body, chunk, entry, entry_with_change, foreign_change, push_signed, push_unsigned, take, visit,
};

/// A change of Bo's on an empty entry, column by column.
fn handmade(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let document = Document::new(DocumentKind::Entry);
    let mut body = vec![1];
    body.extend_from_slice(&document.heads().hashes()[0]);
    body.push(16);
    body.extend_from_slice(&BO.0);
    body.extend_from_slice(&[1, 4, 0, 0]); // number, first operation, time, no message
    let writes_into_the_note = columns.iter().any(|(specification, _)| *specification == 0x01);
    if writes_into_the_note {
        body.extend_from_slice(&[1, 16]); // one other actor: who made the note
        body.extend_from_slice(b"feltbog/genesis\x03");
    } else {
        body.push(0);
    }
    body.push(columns.len() as u8);
    for (specification, bytes) in columns {
        push_unsigned(&mut body, *specification);
        push_unsigned(&mut body, bytes.len() as u64);
    }
    columns.iter().for_each(|(_, bytes)| body.extend_from_slice(bytes));
    chunk(1, &body)
}

/// One value for so many rows; a single one is written as a literal, as automerge does.
fn run(count: i64, value: u64) -> Vec<u8> {
    let mut bytes = vec![];
    push_signed(&mut bytes, if count == 1 { -1 } else { count });
    push_unsigned(&mut bytes, value);
    bytes
}

fn flags(counts: &[u64]) -> Vec<u8> {
    let mut bytes = vec![];
    counts.iter().for_each(|count| push_unsigned(&mut bytes, *count));
    bytes
}

/// As many letters as one likes, each before the last, in a few bytes of run lengths and one byte a letter.
fn letters(count: i64) -> Vec<(u64, Vec<u8>)> {
    let mut head = vec![];
    push_signed(&mut head, count);
    head.push(0); // "at the start"; as differences: zero, again and again
    vec![
        (0x01, run(count, 1)),
        (0x02, run(count, 3)),
        (0x13, head),
        (0x34, flags(&[0, count as u64])),
        (0x42, run(count, 1)),
        (0x56, run(count, 1 << 4 | 6)),
        (0x57, vec![b'x'; usize::try_from(count).unwrap().min(200_000)]),
        (0x70, run(count, 0)),
    ]
}

/// As many settings of one field as one likes: each row repeats key and value of the run.
fn settings(count: i64, key: &str) -> Vec<(u64, Vec<u8>)> {
    let mut keys = vec![];
    push_signed(&mut keys, if count == 1 { -1 } else { count });
    push_unsigned(&mut keys, key.len() as u64);
    keys.extend_from_slice(key.as_bytes());
    vec![
        (0x15, keys),
        (0x34, flags(&[count as u64])),
        (0x42, run(count, 1)),
        (0x56, run(count, 2)), // true, without bytes
        (0x70, run(count, 0)),
    ]
}

fn refused(change: Vec<u8>) -> ApplyError {
    let mut document = Document::new(DocumentKind::Entry);
    let before = document.save();
    let refusal = take(&mut document, &[change]).unwrap_err();
    assert_eq!(document.save(), before);
    refusal
}

#[test]
fn the_handmade_changes_are_good_changes_when_they_are_small() {
    for columns in [letters(5), settings(1, "mood")] {
        let mut document = Document::new(DocumentKind::Entry);
        let applied = take(&mut document, &[handmade(&columns)]).unwrap();
        assert!(applied.changed);
        let change = document.write_entry(AMINA, &visit(), NOTE);
        assert!(change.unwrap().is_some());
    }
}

#[test]
fn a_run_of_twenty_million_letters_is_refused_by_counting_it() {
    assert_eq!(refused(handmade(&letters(20_000_000))), ApplyError::TooManyOperations);
    assert_eq!(refused(handmade(&letters(210_001))), ApplyError::TooManyOperations);
    assert_eq!(refused(handmade(&settings(i64::MAX, "mood"))), ApplyError::TooManyOperations);
}

#[test]
fn a_long_key_repeated_for_every_operation_is_refused_by_its_written_out_size() {
    assert_eq!(refused(handmade(&settings(210_000, &"k".repeat(100_000)))), ApplyError::TooManyOperations);
}

#[test]
fn a_billion_predecessors_of_one_operation_are_refused() {
    let mut columns = settings(1, "mood");
    columns.pop();
    columns.extend([(0x70, run(1, 1_000_000_000)), (0x71, run(1_000_000_000, 0)), (0x73, run(1_000_000_000, 0))]);
    assert_eq!(refused(handmade(&columns)), ApplyError::TooManyOperations);
}

#[test]
fn columns_longer_than_the_operations_are_refused() {
    for (index, bytes) in [(0, run(1_000_000_000, 0)), (3, run(1_000_000, 2))] {
        let mut columns = settings(1, "mood");
        match index {
            0 => columns.insert(0, (0x01, bytes)),
            _ => columns[index].1 = bytes,
        }
        assert_eq!(refused(handmade(&columns)), ApplyError::Malformed, "{index}");
    }
}

#[test]
fn the_smallest_count_a_literal_run_can_have_is_refused() {
    let mut columns = settings(1, "mood");
    let mut least = vec![];
    push_signed(&mut least, i64::MIN);
    columns[2].1 = least;
    assert_eq!(refused(handmade(&columns)), ApplyError::TooManyOperations);
}

#[test]
fn a_compressed_chunk_is_refused_without_being_inflated() {
    let mut document = Document::new(DocumentKind::Entry);
    let change = document.write_entry(AMINA, &visit(), &NOTE.repeat(20)).unwrap().unwrap();
    let compressed = Stored::try_from(change.bytes.as_slice()).unwrap().bytes().into_owned();
    assert_eq!(compressed[8], 2, "automerge compressed it");
    assert_eq!(refused(compressed), ApplyError::CompressedChunk);
    // What cannot be inflated at all gets the same answer: nobody tried.
    assert_eq!(refused(chunk(2, &[0xff; 1000])), ApplyError::CompressedChunk);
}

#[test]
fn a_compressed_column_is_refused_without_being_inflated() {
    for index in 0..settings(1, "mood").len() {
        let mut columns = settings(1, "mood");
        columns[index].0 |= 8;
        assert_eq!(refused(handmade(&columns)), ApplyError::CompressedChunk, "{index}");
    }
}

#[test]
fn whole_documents_and_bundles_are_refused() {
    let saved = entry().save();
    assert_eq!(saved[12 + 8], 0, "a document chunk");
    assert_eq!(refused(saved[12..].to_vec()), ApplyError::CompressedChunk);
    assert_eq!(refused(chunk(3, &[0; 40])), ApplyError::CompressedChunk);
}

#[test]
fn truncated_padded_and_unsound_bytes_are_refused() {
    let (_, change) = entry_with_change();
    for length in 0..change.len() {
        assert_eq!(refused(change[..length].to_vec()), ApplyError::Malformed, "{length}");
    }
    for length in 0..body(&change).len() {
        assert_eq!(refused(chunk(1, &body(&change)[..length])), ApplyError::Malformed, "body of {length}");
    }
    let mut longer = change.clone();
    longer.push(0);
    assert_eq!(refused(longer), ApplyError::Malformed);
    assert_eq!(
        refused(chunk(1, &[body(&change), b"hidden"].concat())),
        ApplyError::Malformed,
        "bytes after the columns"
    );
    let mut wrong_checksum = change.clone();
    wrong_checksum[4] ^= 1;
    assert_eq!(refused(wrong_checksum), ApplyError::Malformed);
    assert_eq!(refused([change.clone(), change].concat()), ApplyError::Malformed, "two changes in one");
    assert_eq!(refused(vec![0; 300_000]), ApplyError::TooManyBytes);
}

#[test]
fn a_change_with_a_huge_first_operation_cannot_use_up_the_numbers() {
    let good = handmade(&settings(1, "mood"));
    let mut body = body(&good).to_vec();
    let first_operation = 1 + 32 + 17 + 1;
    assert_eq!(body[first_operation], 4);
    body.splice(first_operation..=first_operation, [0xfe, 0xff, 0xff, 0xff, 0x0f]);
    assert_eq!(refused(chunk(1, &body)), ApplyError::WrongHistory);
}

#[test]
fn a_change_that_follows_nothing_or_pretends_to_be_the_genesis_is_refused() {
    let good = handmade(&settings(1, "mood"));
    let mut rootless = body(&good)[33..].to_vec();
    rootless.insert(0, 0);
    assert_eq!(refused(chunk(1, &rootless)), ApplyError::WrongHistory);
    let mut impostor = body(&good).to_vec();
    impostor[34..50].copy_from_slice(b"feltbog/genesis\x03");
    assert_eq!(refused(chunk(1, &impostor)), ApplyError::WrongHistory);
}

#[test]
fn two_changes_with_one_number_are_never_both_taken() {
    let (mut document, _) = entry_with_change();
    let twin = |text: &str| entry().edit_note(AMINA, &Heads::newest(), text).unwrap().unwrap().bytes;
    take(&mut document, &[twin("En tekst.")]).unwrap();
    let before = document.save();
    assert_eq!(take(&mut document, &[twin("En anden tekst.")]), Err(ApplyError::ActorReused));
    assert_eq!(document.save(), before);
    assert_eq!(refused_group(&[twin("En."), twin("To.")]), ApplyError::ActorReused);
}

fn refused_group(changes: &[Vec<u8>]) -> ApplyError {
    let mut document = entry();
    let before = document.save();
    let refusal = take(&mut document, changes).unwrap_err();
    assert_eq!(document.save(), before);
    refusal
}

#[test]
fn one_bad_change_refuses_its_group_and_nothing_else() {
    let (_, good) = entry_with_change();
    let mut document = Document::new(DocumentKind::Entry);
    let bad = chunk(1, &[0; 60]);
    assert_eq!(take(&mut document, &[good.clone(), bad]), Err(ApplyError::Malformed));
    assert_eq!(document.heads(), Document::new(DocumentKind::Entry).heads());
    assert!(take(&mut document, &[good]).unwrap().changed);
}

#[test]
fn a_waiting_change_that_proves_false_is_dropped_without_the_one_it_waited_for() {
    let (mut author, first) = entry_with_change();
    let second = author.edit_note(AMINA, &Heads::newest(), "Ny tekst.").unwrap().unwrap().bytes;
    // The same change with another first operation: only what it follows can show that this is wrong.
    let mut false_body = body(&second).to_vec();
    let first_operation = 1 + 32 + 17 + 1;
    false_body[first_operation] += 1;
    let mut document = Document::new(DocumentKind::Entry);
    assert!(take(&mut document, &[chunk(1, &false_body)]).unwrap().waiting);
    let applied = take(&mut document, &[first]).unwrap();
    assert_eq!((applied.changed, applied.waiting, applied.dropped), (true, false, 1));
    assert_eq!(document.waiting_count(), 0);
    assert!(take(&mut document, &[second]).unwrap().changed);
    assert_eq!(document.heads(), author.heads());
}

#[test]
fn no_change_can_put_a_wrong_value_into_a_known_field_or_replace_the_note() {
    type Edit = fn(&mut automerge::transaction::Transaction<'_>);
    let edits: [(&str, Edit); 9] = [
        ("a number as time", |tx| tx.put(ROOT, "at", 7_u64).unwrap()),
        ("no time", |tx| tx.put(ROOT, "at", "i går").unwrap()),
        ("time away", |tx| tx.delete(ROOT, "at").unwrap()),
        ("a map as place", |tx| drop(tx.put_object(ROOT, "place", automerge::ObjType::Map).unwrap())),
        ("a huge duration", |tx| tx.put(ROOT, "minutes", u64::MAX).unwrap()),
        ("a wrong company number", |tx| tx.put(ROOT, "employer", "12345678").unwrap()),
        ("note away", |tx| tx.delete(ROOT, "note").unwrap()),
        ("another note", |tx| drop(tx.put_object(ROOT, "note", automerge::ObjType::Text).unwrap())),
        ("a word as version", |tx| tx.put(ROOT, "min_writer", "two").unwrap()),
    ];
    for (what, edit) in edits {
        let mut document = entry();
        let before = document.save();
        let change = foreign_change(&document, BO, edit);
        assert_eq!(take(&mut document, &[change]), Err(ApplyError::WrongContent), "{what}");
        assert_eq!(document.save(), before, "{what}");
    }
}

#[test]
fn caps_on_text_document_and_waiting_changes_hold() {
    let (mut author, first) = entry_with_change();
    let second = author.edit_note(AMINA, &Heads::newest(), "Ny.").unwrap().unwrap().bytes;
    let caps = |change: fn(&mut Caps)| {
        let mut caps = Caps::default();
        change(&mut caps);
        caps
    };
    let try_with = |caps: Caps, changes: &[Vec<u8>]| apply(&mut Document::new(DocumentKind::Entry), changes, &caps);
    let first = [first];
    assert_eq!(try_with(caps(|caps| caps.note_characters = 10), &first), Err(ApplyError::TextTooLong));
    assert_eq!(try_with(caps(|caps| caps.document_bytes = 100), &first), Err(ApplyError::DocumentTooLarge));
    assert_eq!(try_with(caps(|caps| caps.document_changes = 1), &first), Err(ApplyError::DocumentTooLarge));
    assert_eq!(try_with(caps(|caps| caps.document_operations = 10), &first), Err(ApplyError::DocumentTooLarge));
    assert_eq!(try_with(caps(|caps| caps.operations = 10), &first), Err(ApplyError::TooManyOperations));
    assert_eq!(
        try_with(caps(|caps| caps.waiting_changes = 0), std::slice::from_ref(&second)),
        Err(ApplyError::TooMuchWaiting)
    );
    assert_eq!(try_with(caps(|caps| caps.waiting_bytes = 10), &[second]), Err(ApplyError::TooMuchWaiting));
}
