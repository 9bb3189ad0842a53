//! What stands inside a sealed change set, and how it is packed.
//!
//! The envelope's codec byte says how: 1 is what the first version wrote, 2 is what is written now. Both stay readable.

mod codec_1;
mod codec_2;
pub(crate) mod deflate;

use feltbog_changes::Malformed;
use feltbog_domain::DocumentId;
use feltbog_protocol::padme;
use zeroize::Zeroizing;

/// How a payload is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Codec {
    /// CBOR, deflated.
    Cbor = 1,
    /// First writes without what follows from them, like beside like, deflated with a preset dictionary.
    Shaped = 2,
}

impl Codec {
    /// What this version writes.
    pub const NEWEST: Self = Self::Shaped;

    /// The codec of a header's byte, if this version knows it.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Cbor),
            2 => Some(Self::Shaped),
            _ => None,
        }
    }

    /// The byte in the header.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// The changes of one document in an envelope.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedDocument {
    /// The document.
    pub document: DocumentId,
    /// Code of its kind.
    pub kind: u8,
    /// Raw automerge changes in causal order.
    pub changes: Vec<Vec<u8>>,
}

/// What an opened envelope gave: only [`crate::open`] makes one, so whoever holds it knows the signature was checked.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedChange {
    pub(crate) payload: Payload,
}

impl OpenedChange {
    /// The documents and their changes.
    #[must_use]
    pub fn documents(&self) -> &[SealedDocument] {
        &self.payload.documents
    }

    /// The author's digest of the folder's rows up to `base_seq`.
    #[must_use]
    pub fn seen(&self) -> &[u8; 16] {
        &self.payload.seen
    }
}

/// Changes of several documents of one folder.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    /// Digest of the folder's rows up to the header's `base_seq`; zero when nothing is claimed.
    pub seen: [u8; 16],
    /// The documents.
    pub documents: Vec<SealedDocument>,
}

/// The plaintext is not a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// More than [`feltbog_protocol::limits::PLAINTEXT`] bytes, more than it said, or too many documents.
    #[error("the payload is over the limit")]
    TooLarge,
    /// Lengths, deflate or what is inside do not fit.
    #[error("the payload cannot be read")]
    Malformed,
}

impl From<Malformed> for PayloadError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

impl Payload {
    /// Packs with [`Codec::NEWEST`] and pads. Deflate libraries may differ in how they pack; receivers accept any stream.
    ///
    /// # Errors
    /// [`PayloadError::TooLarge`] when it would not be accepted on the other side.
    pub fn pack(&self) -> Result<Zeroizing<Vec<u8>>, PayloadError> {
        Ok(padded(codec_2::pack(self)?))
    }

    /// Unpacks what [`Self::pack`] packed.
    ///
    /// # Errors
    /// [`PayloadError`] when it is no payload.
    pub fn unpack(bytes: &[u8]) -> Result<Self, PayloadError> {
        Self::unpack_as(Codec::NEWEST, bytes)
    }

    /// Unpacks, never making more of it than [`feltbog_protocol::limits::PLAINTEXT`] allows.
    ///
    /// # Errors
    /// [`PayloadError`] when it is no payload.
    pub fn unpack_as(codec: Codec, bytes: &[u8]) -> Result<Self, PayloadError> {
        match codec {
            Codec::Cbor => codec_1::unpack(bytes),
            Codec::Shaped => codec_2::unpack(bytes),
        }
    }

    #[cfg(test)]
    pub(crate) fn pack_as_version_1(&self) -> Zeroizing<Vec<u8>> {
        padded(codec_1::pack(self))
    }
}

/// Zeros up to the Padmé size, so that no exact length is visible.
pub(crate) fn padded(mut bytes: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    let length = padme(bytes.len());
    // Growing in place would leave a readable copy where the bytes were.
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    padded.append(&mut bytes);
    padded.resize(length, 0);
    padded
}

#[cfg(test)]
mod tests {
    use feltbog_domain::{DocumentKind, EntryFields, EntryKind, Moment};
    use feltbog_notes::{ActorBytes, Document, Heads};
    use feltbog_protocol::limits;
    use proptest::prelude::*;

    use super::*;

    fn payload(changes: Vec<Vec<u8>>) -> Payload {
        Payload {
            seen: [1; 16],
            documents: vec![SealedDocument { document: DocumentId::new([2; 16]), kind: 3, changes }],
        }
    }

    fn fields(minute: i64) -> EntryFields {
        EntryFields {
            minutes: Some(45),
            place: Some("kontoret".into()),
            face_to_face: Some(true),
            ..EntryFields::new(EntryKind::Contact, Moment::from_unix_ms(1_600_000_000_000 + minute * 60_000))
        }
    }

    fn logged(actor: [u8; 16], note: &str) -> (Document, Vec<u8>) {
        let mut document = Document::new(DocumentKind::Entry);
        let change = document.write_entry(ActorBytes(actor), &fields(note.len() as i64), note).unwrap().unwrap();
        (document, change.bytes)
    }

    fn a_years_folder(entries: u8) -> Payload {
        let words = ["køkken", "vagt", "tirsdag", "træt", "lager", "øvelse", "chefen", "økonomi", "bus", "humør", "😀"];
        let documents = (0..entries).map(|_| {
            let random = crate::random_bytes::<16>();
            let note: Vec<&str> = random.iter().flat_map(|n| [n % 11, n / 25]).map(|n| words[usize::from(n)]).collect();
            let changes = vec![logged([9; 16], &note.join(" ")).1];
            SealedDocument { document: DocumentId::new(crate::random_bytes()), kind: 3, changes }
        });
        Payload { seen: [1; 16], documents: documents.collect() }
    }

    #[test]
    fn real_changes_come_out_byte_for_byte_whatever_they_are() {
        let (mut document, first) = logged([9; 16], "Aftalte prøvevagt på tirsdag.");
        let edit =
            document.edit_note(ActorBytes([8; 16]), &Heads::newest(), "Aftalte prøvevagt på onsdag, øv.").unwrap();
        let mut empty = Document::new(DocumentKind::Entry);
        let silent = empty.write_entry(ActorBytes([7; 16]), &fields(0), "").unwrap().unwrap().bytes;
        let single = logged([6; 16], "å").1;
        let double = logged([6; 16], "åb").1;
        let mut head = Document::new(DocumentKind::Employer);
        let employer = feltbog_domain::EmployerFields {
            town: Some("By".into()),
            ..feltbog_domain::EmployerFields::new("10000009".parse().unwrap(), "Værkstedet")
        };
        let employer = head.write_employer(ActorBytes([5; 16]), &employer).unwrap().unwrap().bytes;
        let mut payload =
            payload(vec![first, edit.unwrap().bytes, silent, single, double, employer, b"newer".to_vec()]);
        payload.documents.push(SealedDocument { document: DocumentId::new([3; 16]), kind: 200, changes: vec![] });
        assert!(Payload::unpack(&payload.pack().unwrap()).unwrap() == payload);
    }

    #[test]
    fn a_folder_of_first_writes_packs_much_tighter_than_in_version_1() {
        let payload = a_years_folder(120);
        let (now, before) = (payload.pack().unwrap(), payload.pack_as_version_1());
        assert!(Payload::unpack(&now).unwrap() == payload);
        assert!(Payload::unpack_as(Codec::Cbor, &before).unwrap() == payload);
        assert!(now.len() * 10 < before.len() * 7, "{} of {}", now.len(), before.len());
    }

    #[test]
    fn a_single_entry_travels_in_few_more_bytes_than_its_note() {
        let note = "Talte med borgeren om vagter i køkkenet. Ringer til chefen igen på tirsdag.";
        let packed = payload(vec![logged([9; 16], note).1]).pack().unwrap();
        // Document, digest of the folder and actor are 48 random bytes.
        assert!(packed.len() < 48 + note.len() + 24, "{}", packed.len());
    }

    #[test]
    fn lengths_that_differ_by_a_few_bytes_look_alike() {
        let sizes: std::collections::BTreeSet<usize> = (0..16_u8)
            .map(|n| payload(vec![crate::random_bytes::<600>()[..580 + usize::from(n)].to_vec()]).pack().unwrap().len())
            .collect();
        assert!(sizes.len() <= 2, "{sizes:?}");
    }

    #[test]
    fn too_many_documents_and_too_many_bytes_are_refused_on_both_sides() {
        let mut many = a_years_folder(1);
        many.documents = vec![many.documents[0].clone(); limits::DOCUMENTS_PER_ENVELOPE + 1];
        let large = payload(vec![vec![0; limits::PLAINTEXT / 2 + 1]; 2]);
        for payload in [many, large] {
            assert_eq!(payload.pack().err(), Some(PayloadError::TooLarge));
            let packed = codec_2::pack_unchecked(&payload).unwrap();
            assert_eq!(Payload::unpack(&packed).err(), Some(PayloadError::TooLarge));
        }
    }

    proptest! {
        #[test]
        fn a_payload_survives_packing(changes in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..5)) {
            let payload = payload(changes);
            let packed = payload.pack().unwrap();
            prop_assert_eq!(packed.len(), padme(packed.len()));
            prop_assert!(Payload::unpack(&packed).unwrap() == payload);
            prop_assert!(Payload::unpack_as(Codec::Cbor, &payload.pack_as_version_1()).unwrap() == payload);
        }

        #[test]
        fn any_note_of_any_letters_survives_packing(note in "\\PC{0,80}") {
            let payload = payload(vec![logged([4; 16], &note).1]);
            prop_assert!(Payload::unpack(&payload.pack().unwrap()).unwrap() == payload);
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Payload::unpack(&bytes);
            let _ = Payload::unpack_as(Codec::Cbor, &bytes);
        }

        #[test]
        fn no_altered_stream_makes_the_reader_panic_or_grow(at in 0_usize..2_000, value in any::<u8>()) {
            let mut streams = codec_2::streams_of(&a_years_folder(8));
            let at = at % streams.plain.len();
            streams.plain[at] = value;
            if let Ok(read) = Payload::unpack(&codec_2::frame(&streams).unwrap()) {
                let bytes: usize = read.documents.iter().flat_map(|d| &d.changes).map(Vec::len).sum();
                prop_assert!(bytes <= limits::PLAINTEXT);
            }
        }
    }
}
