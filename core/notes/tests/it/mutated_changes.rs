//! Valid changes with a few bytes altered and the checksum repaired, as a device with a program of its own could sign.

use std::collections::BTreeMap;

use feltbog_domain::{CaseId, DocumentKind, FolderId};
use feltbog_notes::{ApplyError, Document, Heads, RegisterFields};

use crate::samples::{AMINA, BO, CARL, NOTE, Sequence, body, chunk, entry_with_change, take, visit};

/// In the ordinary run; `FELTBOG_MUTATIONS` asks for more.
const CASES: u64 = 20_000;

/// A document and a change that it can take.
struct Target {
    before: Document,
    change: Vec<u8>,
}

fn targets() -> Vec<Target> {
    let (mut document, first) = entry_with_change();
    let mut targets = vec![Target { before: Document::new(DocumentKind::Entry), change: first }];
    let opened = document.heads();
    let mut fields = visit();
    fields.minutes = None;
    fields.place = Some("Kantinen".into());
    let texts = [NOTE.replace("torsdag", "fredag"), format!("Øv. {NOTE}"), "Kort.".to_owned()];
    for (actor, text) in [AMINA, BO, CARL].into_iter().zip(texts) {
        let before = document.clone();
        let change = document.edit_entry(actor, &opened, &fields, &text).unwrap().unwrap().bytes;
        targets.push(Target { before, change });
        fields.minutes = Some(30);
    }
    let before = document.clone();
    let change = document.edit_note(BO, &Heads::newest(), "Alt skrevet om igen.").unwrap().unwrap().bytes;
    targets.push(Target { before, change });
    targets.extend(register_targets());
    targets
}

fn register_targets() -> Vec<Target> {
    let mut document = Document::new(DocumentKind::RegisterRow);
    let mut fields = RegisterFields {
        case: CaseId::new([1; 16]),
        number: "17".into(),
        name: "Citizen Seventeen".into(),
        folders: vec![FolderId::new([2; 16]), FolderId::new([3; 16])],
        consultants: vec!["Amina".into()],
        therapists: vec!["Bo".into()],
    };
    let mut targets = vec![];
    for name in ["Citizen Seventeen", "Citizen 17"] {
        let before = document.clone();
        fields.name = name.into();
        let change = document.write_register_row(AMINA, &fields).unwrap().unwrap().bytes;
        targets.push(Target { before, change });
        fields.folders.remove(0);
        fields.therapists.push("Carl".into());
    }
    targets
}

fn mutate(change: &[u8], random: &mut Sequence) -> Vec<u8> {
    let mut body = body(change).to_vec();
    for _ in 0..=random.below(3) {
        // What follows what is checked by hash; the interesting bytes come after the 33 of the dependency.
        let at = 33 + random.below(body.len() - 33);
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

fn reads(document: &Document) -> bool {
    match document.kind() {
        DocumentKind::Entry => document.entry().is_ok(),
        _ => document.register_row().is_ok(),
    }
}

fn reads_the_same(one: &Document, other: &Document) -> bool {
    one.heads() == other.heads() && one.entry() == other.entry() && one.register_row() == other.register_row()
}

/// What must hold whatever came: it reads, survives a restart, takes edits, and others can take those.
fn check_still_works(document: &Document, before: &Document, label: &str) {
    assert!(reads(document) || !reads(before), "{label}: unreadable");
    let mut restarted = Document::load(document.kind(), &document.save()).unwrap_or_else(|_| panic!("{label}: lost"));
    assert!(reads_the_same(&restarted, document), "{label}: another document after a restart");
    if document.kind() == DocumentKind::Entry && document.is_editable() {
        let mut other = document.clone();
        let edit = restarted.write_entry(AMINA, &visit(), "Skrevet bagefter.").unwrap().unwrap();
        take(&mut other, &[edit.bytes]).unwrap_or_else(|_| panic!("{label}: the next edit is refused"));
        assert!(reads_the_same(&restarted, &other), "{label}: the next edit reads differently");
    }
}

#[test]
fn mutated_changes_among_good_ones_in_any_order_never_spoil_the_document() {
    let good: Vec<Vec<u8>> = targets()
        .into_iter()
        .filter(|target| target.before.kind() == DocumentKind::Entry)
        .map(|target| target.change)
        .collect();
    for case in 0..300 {
        let mut random = Sequence(1_000_000 + case);
        let mut document = Document::new(DocumentKind::Entry);
        for _ in 0..30 {
            let change = &good[random.below(good.len())];
            let arriving = if random.below(3) == 0 { mutate(change, &mut random) } else { change.clone() };
            let before = document.clone();
            if take(&mut document, &[arriving]).is_ok() {
                check_still_works(&document, &before, &format!("case {case}"));
            }
        }
    }
}

#[test]
fn mutated_changes_never_panic_never_spoil_a_document_and_never_change_it_when_refused() {
    let cases = std::env::var("FELTBOG_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let targets = targets();
    let saved: Vec<Vec<u8>> = targets.iter().map(|target| target.before.save()).collect();
    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for case in 0..cases {
        let mut random = Sequence(case);
        let index = random.below(targets.len());
        let target = &targets[index];
        let mut document = target.before.clone();
        let outcome = take(&mut document, &[mutate(&target.change, &mut random)]);
        match outcome {
            Ok(_) => check_still_works(&document, &target.before, &format!("case {case}")),
            Err(_) => assert_eq!(document.save(), saved[index], "case {case}: changed although refused"),
        }
        *outcomes.entry(outcome.map_or_else(ApplyError::code, |_| "taken")).or_default() += 1;
    }
    println!("{outcomes:?}");
    assert!(outcomes.len() > 5, "the mutator reaches several of the checks: {outcomes:?}");
}
