//! Documents and changes that the tests share.

use automerge::transaction::{CommitOptions, Transaction};
use automerge::{ActorId, Automerge};
use feltbog_domain::{
    DocumentId, DocumentKind, EntryFields, EntryKind, EntryMarks, JobType, Moment, NextStep, Outcome, Purpose,
    StepOutcome,
};
use feltbog_notes::{ActorBytes, Applied, ApplyError, Caps, Document, apply};
use jiff::civil::{date, time};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

pub(crate) const AMINA: ActorBytes = ActorBytes([0xa1; 16]);
pub(crate) const BO: ActorBytes = ActorBytes([0xb2; 16]);
pub(crate) const CARL: ActorBytes = ActorBytes([0xc3; 16]);

pub(crate) fn visit() -> EntryFields {
    EntryFields {
        minutes: Some(45),
        place: Some("Sydhavnen".into()),
        employer: Some("24256790".parse().unwrap()),
        contact_person: Some("Køkkenchefen".into()),
        face_to_face: Some(true),
        outcome: Some(Outcome::FollowUp),
        recorded_by: Some("Amina Holm".into()),
        ..EntryFields::new(EntryKind::EmployerVisit, "2026-03-02T10:00:00+01:00".parse().unwrap())
    }
}

pub(crate) const NOTE: &str = "Talte med køkkenchefen om en prøvevagt på torsdag.";

pub(crate) fn entry() -> Document {
    entry_with_change().0
}

/// An entry of Amina's with the change that made it.
pub(crate) fn entry_with_change() -> (Document, Vec<u8>) {
    let mut document = Document::new(DocumentKind::Entry);
    let change = document.write_entry(AMINA, &visit(), NOTE).unwrap().unwrap();
    (document, change.bytes)
}

pub(crate) fn take(document: &mut Document, changes: &[Vec<u8>]) -> Result<Applied, ApplyError> {
    apply(document, changes, &Caps::default())
}

pub(crate) fn note(document: &Document) -> String {
    document.entry().unwrap().note
}

/// The chunk of a body, with the checksum and length that belong to it.
pub(crate) fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut counted = vec![];
    push_unsigned(&mut counted, body.len() as u64);
    let digest = Sha256::new().chain_update([kind]).chain_update(&counted).chain_update(body).finalize();
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend_from_slice(&digest[..4]);
    bytes.push(kind);
    bytes.extend_from_slice(&counted);
    bytes.extend_from_slice(body);
    bytes
}

/// What follows the header of a chunk.
pub(crate) fn body(chunk: &[u8]) -> &[u8] {
    let length_bytes = chunk[9..].iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
    &chunk[9 + length_bytes..]
}

pub(crate) fn push_unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(crate) fn push_signed(out: &mut Vec<u8>, mut value: i64) {
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

/// The change that somebody with a program of their own would make on a document.
pub(crate) fn foreign_change(
    document: &Document,
    actor: ActorBytes,
    edit: impl FnOnce(&mut Transaction<'_>),
) -> Vec<u8> {
    let mut raw = automerge_of(document).with_actor(ActorId::from(actor.0.as_slice()));
    let mut tx = raw.transaction();
    edit(&mut tx);
    tx.commit_with(CommitOptions::default().with_time(0));
    raw.get_last_local_change().unwrap().raw_bytes().to_vec()
}

/// The automerge document inside of the saved one: after the container's name and length.
pub(crate) fn automerge_of(document: &Document) -> Automerge {
    let saved = document.save();
    let length = u64::from_be_bytes(saved[4..12].try_into().unwrap()) as usize;
    Automerge::load(&saved[12..12 + length]).unwrap()
}

/// A small generator with a fixed sequence (SplitMix64), so that a failing case has a number.
pub(crate) struct Sequence(pub(crate) u64);

impl Sequence {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// What an entry may say beside the fields it always had.
pub(crate) fn later_fields() -> impl Strategy<Value = EntryFields> {
    let text = || proptest::option::of("[ -~æøå]{1,20}");
    let flag = || proptest::option::of(any::<bool>());
    let id = || proptest::option::of(any::<[u8; 16]>().prop_map(DocumentId::new));
    let moment = || proptest::option::of((0_i64..4_000_000_000).prop_map(|s| Moment::from_unix_ms(s * 1000)));
    let code = || proptest::option::of("[a-z_]{1,12}");
    let day = proptest::option::of((1_i8..=12, 1_i8..=28).prop_map(|(m, d)| date(2026, m, d)));
    let hour = proptest::option::of((0_i8..24, 0_i8..60).prop_map(|(h, m)| time(h, m, 0, 0)));
    let step = (any::<bool>(), "[ -~æøå]{1,20}", day, hour, code());
    let about = (flag(), code(), code(), flag(), step, id(), id());
    let marks = (text(), text(), moment(), flag(), moment());
    (about, marks).prop_map(
        |((client_specific, purpose, job_type, fits_wish, step, same_visit, addendum_to), marks)| {
            let (has_step, text, on, time, settled) = step;
            let settled = settled.map(|code| StepOutcome::from_code(&code));
            let (mistaken, journal_number, journalised_at, journal_not_needed, read_together_at) = marks;
            EntryFields {
                client_specific,
                purpose: purpose.map(|code| Purpose::from_code(&code)),
                job_type: job_type.map(|code| JobType::from_code(&code)),
                fits_wish,
                next_step: has_step.then_some(NextStep { text, on, time, settled }),
                visit: same_visit,
                addendum_to,
                marks: EntryMarks { mistaken, journal_number, journalised_at, journal_not_needed, read_together_at },
                ..visit()
            }
        },
    )
}
