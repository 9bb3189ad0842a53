//! Payloads, automerge changes, saved documents.

use feltbog_domain::DocumentKind;
use feltbog_notes::{ActorBytes, Caps, Document, Heads, apply};
use feltbog_protocol::limits;
use feltbog_sealing::{Codec, Payload};
use sha2::{Digest, Sha256};

/// What stands inside a sealed envelope: never more than it says and the limit allows.
#[must_use]
pub fn payload(data: &[u8]) -> bool {
    [Codec::Cbor, Codec::Shaped].into_iter().filter(|codec| payload_as(*codec, data)).count() > 0
}

fn payload_as(codec: Codec, data: &[u8]) -> bool {
    let Ok(read) = Payload::unpack_as(codec, data) else { return false };
    let bytes: usize = read.documents.iter().flat_map(|document| &document.changes).map(Vec::len).sum();
    assert!(bytes <= limits::PLAINTEXT && read.documents.len() <= limits::DOCUMENTS_PER_ENVELOPE);
    let packed = read.pack().expect("what was read can be packed");
    assert!(Payload::unpack(&packed).is_ok_and(|again| again == read));
    true
}

/// One change on an empty document, as it comes: the first byte is the kind, the rest the chunk.
#[must_use]
pub fn change(data: &[u8]) -> bool {
    let Some((kind, chunk)) = kind_and_rest(data) else { return false };
    take(kind, chunk.to_vec())
}

/// The same with a check sum that fits: what a member with a program of their own can send. The first byte is the kind,
/// the rest the chunk's body.
#[must_use]
pub fn repaired_change(data: &[u8]) -> bool {
    let Some((kind, body)) = kind_and_rest(data) else { return false };
    take(kind, chunk(1, body))
}

/// The chunk of a body, with the check sum and length that belong to it.
#[must_use]
pub(crate) fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut counted = Vec::new();
    let mut length = body.len();
    while length >= 0x80 {
        counted.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
        length >>= 7;
    }
    counted.push(u8::try_from(length).unwrap());
    let digest = Sha256::new().chain_update([kind]).chain_update(&counted).chain_update(body).finalize();
    [&[0x85, 0x6f, 0x4a, 0x83], &digest[..4], &[kind], counted.as_slice(), body].concat()
}

fn kind_and_rest(data: &[u8]) -> Option<(DocumentKind, &[u8])> {
    let (code, rest) = data.split_first()?;
    Some((DocumentKind::from_code(*code)?, rest))
}

fn take(kind: DocumentKind, change: Vec<u8>) -> bool {
    let mut document = Document::new(kind);
    let before = document.save();
    if apply(&mut document, &[change], &Caps::default()).is_err() {
        assert_eq!(document.save(), before, "changed although refused");
        return false;
    }
    works(&document);
    true
}

/// It survives a restart, takes an edit, and others can take that edit.
fn works(document: &Document) {
    let mut restarted = Document::load(document.kind(), &document.save()).expect("it loads after a restart");
    assert_eq!(restarted.heads(), document.heads());
    if document.kind() == DocumentKind::Entry && document.is_editable() {
        let edit =
            restarted.edit_note(ActorBytes([0x77; 16]), &Heads::newest(), "Skrevet bagefter. Æ").expect("an edit");
        let mut other = document.clone();
        apply(&mut other, &[edit.expect("a change").bytes], &Caps::default()).expect("the next edit is taken");
        assert_eq!(other.heads(), restarted.heads());
    }
}

/// A document as it lies in the database: damage is noticed, and what loads can be saved. The first byte is the kind.
#[must_use]
pub fn saved_document(data: &[u8]) -> bool {
    let Some((kind, saved)) = kind_and_rest(data) else { return false };
    let Ok(read) = Document::load(kind, saved) else { return false };
    let again = Document::load(kind, &read.save()).expect("what was saved loads");
    assert_eq!((again.heads(), again.waiting_count()), (read.heads(), read.waiting_count()));
    true
}

/// A state as a screen names it: one spelling each.
#[must_use]
pub fn heads(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(read) = text.parse::<Heads>() else { return false };
    assert_eq!(read.to_string().parse::<Heads>().as_ref(), Ok(&read));
    assert!(read.to_string().len() <= text.len());
    !read.is_empty()
}
