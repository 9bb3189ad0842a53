//! Documents that a newer version wrote.

use automerge::transaction::Transactable;
use automerge::{ObjType, ROOT, ReadDoc, Value};
use feltbog_domain::{DocumentKind, EntryKind, Outcome};
use feltbog_notes::{ApplyError, Document, Heads, NotesError, StaffFields};

use crate::samples::{AMINA, BO, automerge_of, entry, foreign_change, note, take, visit};

#[test]
fn fields_this_version_does_not_know_survive_its_edits() {
    let mut document = entry();
    let newer = foreign_change(&document, BO, |tx| {
        tx.put(ROOT, "mood", "god").unwrap();
        let list = tx.put_object(ROOT, "attachments", ObjType::List).unwrap();
        tx.insert(&list, 0, "blob").unwrap();
        tx.put(ROOT, "schema", 2_u64).unwrap();
    });
    take(&mut document, &[newer]).unwrap();
    let mut fields = visit();
    fields.minutes = None;
    document.write_entry(AMINA, &fields, "Ny note.").unwrap().unwrap();
    assert!(document.entry().unwrap().fields == fields);
    let raw = automerge_of(&document);
    assert_eq!(raw.get(ROOT, "mood").unwrap().unwrap().0, Value::from("god"));
    let (_, list) = raw.get(ROOT, "attachments").unwrap().unwrap();
    assert_eq!(raw.length(list), 1);
}

#[test]
fn a_document_that_asks_for_a_newer_writer_can_be_read_but_not_edited() {
    let mut document = entry();
    let newer = foreign_change(&document, BO, |tx| tx.put(ROOT, "min_writer", 2_u64).unwrap());
    take(&mut document, &[newer]).unwrap();
    let heads = document.heads();
    assert!(!document.is_editable());
    assert_eq!(document.write_entry(AMINA, &visit(), "x"), Err(NotesError::NewerWriter));
    assert_eq!(document.edit_note(AMINA, &Heads::newest(), "x"), Err(NotesError::NewerWriter));
    assert_eq!(document.heads(), heads);
    assert_eq!(document.entry().unwrap().fields, visit());
    assert_eq!(note(&document), crate::samples::NOTE);
}

#[test]
fn a_change_that_asks_for_a_writer_two_releases_ahead_is_refused_and_the_document_stays_editable() {
    for asked in [3, 1_000, u64::MAX] {
        let mut document = entry();
        let locking = foreign_change(&document, BO, |tx| tx.put(ROOT, "min_writer", asked).unwrap());
        assert_eq!(take(&mut document, &[locking]), Err(ApplyError::WrongContent), "{asked}");
        assert!(document.write_entry(AMINA, &visit(), "Går videre.").unwrap().is_some(), "{asked}");
    }
}

#[test]
fn codes_this_version_does_not_know_are_kept() {
    let mut document = entry();
    let newer = foreign_change(&document, BO, |tx| {
        tx.put(ROOT, "kind", "video_call").unwrap();
        tx.put(ROOT, "outcome", "second_round").unwrap();
    });
    take(&mut document, &[newer]).unwrap();
    let fields = document.entry().unwrap().fields;
    assert_eq!(fields.kind, EntryKind::Unknown("video_call".into()));
    assert_eq!(fields.outcome, Some(Outcome::Unknown("second_round".into())));
    assert_eq!(document.write_entry(AMINA, &fields, crate::samples::NOTE), Ok(None));
}

#[test]
fn roles_this_version_does_not_know_survive_its_edits() {
    let mut document = Document::new(DocumentKind::Staff);
    let mut fields = StaffFields { member: [5; 16].into(), name: "Amina".into(), organisation: None, roles: vec![] };
    document.write_staff(AMINA, &fields).unwrap().unwrap();
    let strange = format!("roles/99/{}/1", feltbog_domain::ProgrammeId::NONE);
    let newer = foreign_change(&document, BO, |tx| tx.put(ROOT, strange.as_str(), 0_u64).unwrap());
    take(&mut document, &[newer]).unwrap();
    assert_eq!(document.staff(), Ok(fields.clone()));
    fields.name = "Amina Holm".into();
    document.write_staff(AMINA, &fields).unwrap().unwrap();
    assert!(automerge_of(&document).get(ROOT, strange.as_str()).unwrap().is_some());
}
