//! Entries that are written and taken in without building their document: the short way must never differ from the long.

use feltbog_domain::{DocumentKind, EntryFields, EntryKind, Moment, Outcome};
use feltbog_notes::{Caps, Document, FirstEntry, Heads};
use proptest::prelude::*;

use crate::samples::{AMINA, BO, NOTE, Sequence, body, chunk, entry_with_change, later_fields, take, visit};

fn fields() -> impl Strategy<Value = EntryFields> {
    let text = || proptest::option::of("\\PC{0,30}");
    let number = || proptest::option::of(0_u32..=u32::MAX);
    let flag = || proptest::option::of(any::<bool>());
    let kind = prop_oneof![
        Just(EntryKind::Contact),
        Just(EntryKind::EmployerVisit),
        "[a-z_]{1,12}".prop_map(|code| EntryKind::from_code(&code))
    ];
    let outcome = proptest::option::of(prop_oneof![Just(Outcome::FollowUp), Just(Outcome::from_code("hologram"))]);
    let first = (kind, 0_i64..4_000_000_000_000, number(), text(), any::<bool>(), text());
    let second = (flag(), outcome, number(), text(), flag(), text());
    (first, second, later_fields()).prop_map(|((kind, at, minutes, place, visited, contact_person), rest, later)| {
        let (face_to_face, outcome, hours_per_week, job_title, permanent, recorded_by) = rest;
        EntryFields {
            minutes,
            place,
            employer: visited.then(|| "24256790".parse().unwrap()),
            contact_person,
            face_to_face,
            outcome,
            hours_per_week,
            job_title,
            permanent,
            recorded_by,
            kind,
            at: Moment::from_unix_ms(at),
            ..later
        }
    })
}

/// That the short way gave what the long way gives, now and after a restart, and that it can be edited.
fn check_same(first: FirstEntry, long: &Document, label: &str) {
    let mut built = Document::load(DocumentKind::Entry, &first.save()).unwrap_or_else(|_| panic!("{label}: lost"));
    assert_eq!(built.heads(), long.heads(), "{label}");
    assert!(first.into_reading() == long.entry().unwrap(), "{label}: reads differently");
    assert!(built.entry() == long.entry(), "{label}: reads differently after a restart");
    let edit = built.edit_note(BO, &Heads::newest(), "Skrevet bagefter.").unwrap().unwrap();
    let mut other = long.clone();
    take(&mut other, &[edit.bytes]).unwrap_or_else(|_| panic!("{label}: the next edit is refused"));
    assert!(other.entry() == built.entry(), "{label}");
}

proptest! {
    #[test]
    fn a_new_entry_is_written_byte_for_byte_as_automerge_writes_it(fields in fields(), note in "\\PC{0,60}") {
        let first = FirstEntry::write(AMINA, &fields, &note).unwrap();
        let mut document = Document::new(DocumentKind::Entry);
        let change = document.write_entry(AMINA, &fields, &note).unwrap().unwrap();
        prop_assert!(first.change() == change);
        check_same(first, &document, "written");
    }

    #[test]
    fn what_automerge_wrote_is_taken_in_the_short_way_and_reads_the_same(fields in fields(), note in "\\PC{0,60}") {
        let mut document = Document::new(DocumentKind::Entry);
        let change = document.write_entry(AMINA, &fields, &note).unwrap().unwrap();
        let first = FirstEntry::read(std::slice::from_ref(&change.bytes), &Caps::default()).expect("a first write");
        prop_assert!(first.change() == change);
        check_same(first, &document, "taken in");
    }
}

#[test]
fn edits_two_changes_and_other_kinds_go_the_long_way() {
    let (mut document, first) = entry_with_change();
    let edit = document.edit_note(BO, &Heads::newest(), "Noget andet.").unwrap().unwrap().bytes;
    let mut staff = Document::new(DocumentKind::Employer);
    let employer = feltbog_domain::EmployerFields::new("24256790".parse().unwrap(), "Kantinen");
    let employer = staff.write_employer(AMINA, &employer).unwrap().unwrap().bytes;
    for changes in [vec![edit.clone()], vec![first.clone(), edit], vec![employer], vec![], vec![b"felt".to_vec()]] {
        assert!(FirstEntry::read(&changes, &Caps::default()).is_none());
    }
    let narrow = Caps { note_characters: NOTE.chars().count() - 1, ..Caps::default() };
    assert!(FirstEntry::read(std::slice::from_ref(&first), &narrow).is_none());
    assert!(FirstEntry::read(&[first], &Caps::default()).is_some());
}

#[test]
fn a_note_that_others_would_refuse_is_not_written() {
    assert!(FirstEntry::write(AMINA, &visit(), &"x".repeat(200_001)).is_err());
    assert!(FirstEntry::write(AMINA, &EntryFields { place: Some("x".repeat(300_000)), ..visit() }, "").is_err());
}

/// A few bytes altered, the checksum and the lengths of columns repaired: what a device with a program of its own signs.
fn mutate(change: &[u8], random: &mut Sequence) -> Vec<u8> {
    let mut body = body(change).to_vec();
    for _ in 0..=random.below(2) {
        let at = 33 + random.below(body.len() - 33);
        match random.below(4) {
            0 => body[at] ^= 1 << random.below(8),
            1 => body[at] = random.next() as u8,
            2 => body[at] = body[at].wrapping_add(1),
            _ => body.swap(at, 33 + random.below(1)),
        }
    }
    chunk(1, &body)
}

#[test]
fn whatever_is_taken_the_short_way_is_taken_the_long_way_too() {
    let cases = std::env::var("FELTBOG_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000);
    let (_, change) = entry_with_change();
    let mut taken = 0;
    for case in 0..cases {
        let altered = mutate(&change, &mut Sequence(case));
        let Some(first) = FirstEntry::read(std::slice::from_ref(&altered), &Caps::default()) else { continue };
        let mut long = Document::new(DocumentKind::Entry);
        take(&mut long, &[altered]).unwrap_or_else(|_| panic!("case {case}: refused the long way"));
        check_same(first, &long, &format!("case {case}"));
        taken += 1;
    }
    assert!(taken > cases / 100, "letters of the note and of fields may be others: {taken}");
}
