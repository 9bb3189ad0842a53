//! A form that was opened before something else came in.

use feltbog_domain::{DocumentKind, Outcome};
use feltbog_notes::{Document, Heads, NotesError, actor_of};
use proptest::prelude::*;

use crate::samples::{AMINA, BO, NOTE, entry, entry_with_change, note, take, visit};

/// Amina's entry as Bo has it.
fn copies() -> (Document, Document) {
    let (hers, change) = entry_with_change();
    let mut his = Document::new(DocumentKind::Entry);
    take(&mut his, &[change]).unwrap();
    (hers, his)
}

#[test]
fn a_save_from_a_stale_view_never_removes_another_devices_words() {
    let (mut hers, mut his) = copies();
    let opened = hers.heads();
    let from_bo = his.edit_note(BO, &Heads::newest(), &format!("{NOTE} Husk kørekort.")).unwrap().unwrap();
    take(&mut hers, &[from_bo.bytes]).unwrap();
    // Her editor still shows the old text.
    let save = hers.edit_note(AMINA, &opened, &NOTE.replace("Talte", "Jeg talte")).unwrap().unwrap();
    assert_eq!(note(&hers), "Jeg talte med køkkenchefen om en prøvevagt på torsdag. Husk kørekort.");
    take(&mut his, &[save.bytes]).unwrap();
    assert_eq!(note(&his), note(&hers));
}

#[test]
fn a_second_save_from_the_same_stale_view_reuses_no_number() {
    let (mut hers, mut his) = copies();
    let opened = hers.heads();
    let mut sent = vec![];
    for text in ["Første.", "Anden.", "Tredje."] {
        sent.push(hers.edit_note(AMINA, &opened, &format!("{NOTE} {text}")).unwrap().unwrap().bytes);
    }
    sent.reverse();
    for change in sent {
        take(&mut his, &[change]).unwrap();
    }
    assert_eq!(his.heads(), hers.heads());
    for text in ["Første.", "Anden.", "Tredje."] {
        assert!(note(&his).contains(text), "{text}");
    }
}

#[test]
fn a_form_saved_late_keeps_fields_that_others_changed_meanwhile() {
    let (mut hers, mut his) = copies();
    let opened = hers.heads();
    let mut fields = visit();
    fields.outcome = Some(Outcome::Agreed);
    fields.place = Some("Telefonen".into());
    let from_bo = his.write_entry(BO, &fields, NOTE).unwrap().unwrap();
    take(&mut hers, &[from_bo.bytes]).unwrap();
    // Her form has the old outcome and place, another duration, and another place.
    let mut form = visit();
    form.minutes = Some(15);
    form.place = Some("Kantinen".into());
    hers.edit_entry(AMINA, &opened, &form, NOTE).unwrap().unwrap();
    let reading = hers.entry().unwrap();
    assert_eq!(reading.fields.outcome, Some(Outcome::Agreed), "she did not touch it");
    assert_eq!(reading.fields.minutes, Some(15));
    assert_eq!(reading.conflicts.keys().collect::<Vec<_>>(), ["place"], "both changed it");
    assert_eq!(reading.conflicts["place"].len(), 2);
}

#[test]
fn an_unknown_opened_state_is_refused_and_changes_nothing() {
    let mut document = entry();
    let saved = document.save();
    let strange = Heads::new(vec![[7; 32]]);
    assert_eq!(document.edit_note(AMINA, &strange, "x"), Err(NotesError::UnknownHeads));
    assert_eq!(document.save(), saved);
}

#[test]
fn a_note_that_others_would_refuse_is_refused_where_it_is_written() {
    let mut document = entry();
    let heads = document.heads();
    assert_eq!(document.edit_note(AMINA, &Heads::newest(), &"æ".repeat(200_001)), Err(NotesError::TooLong));
    assert_eq!(document.heads(), heads);
}

#[test]
fn what_was_journalised_reads_as_it_did_whatever_is_written_later() {
    let (mut document, mut his) = copies();
    let journalised = document.heads();
    let concurrent = his.edit_note(BO, &Heads::newest(), "Samtidig.").unwrap().unwrap();
    document.edit_note(AMINA, &Heads::newest(), "Senere.").unwrap().unwrap();
    take(&mut document, &[concurrent.bytes]).unwrap();
    let then = document.at(&journalised).unwrap();
    assert_eq!((note(&then).as_str(), then.heads()), (NOTE, journalised));
    assert_ne!(note(&document), NOTE);
    assert_eq!(document.at(&Heads::new(vec![[7; 32]])).err(), Some(NotesError::UnknownHeads));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_two_people_type_offline_both_keep_their_words(
        hers_at in 0_usize..=50, his_at in 0_usize..=50, stale: bool,
    ) {
        let (mut hers, mut his) = copies();
        let opened = hers.heads();
        let insert = |at: usize, word: &str| {
            let mut letters: Vec<char> = NOTE.chars().collect();
            letters.splice(at..at, word.chars());
            letters.into_iter().collect::<String>()
        };
        let from_bo = his.edit_note(BO, &Heads::newest(), &insert(his_at, "<KØREKORT>")).unwrap().unwrap();
        if stale {
            take(&mut hers, std::slice::from_ref(&from_bo.bytes)).unwrap();
        }
        let save = hers.edit_note(AMINA, &opened, &insert(hers_at, "[PRAKTIK]")).unwrap().unwrap();
        take(&mut hers, &[from_bo.bytes]).unwrap();
        take(&mut his, &[save.bytes]).unwrap();
        prop_assert_eq!(note(&hers), note(&his));
        prop_assert!(note(&his).contains("<KØREKORT>") && note(&his).contains("[PRAKTIK]"));
        prop_assert_eq!(note(&his).replace("<KØREKORT>", "").replace("[PRAKTIK]", ""), NOTE);
    }
}

#[test]
fn a_change_names_its_writer_also_where_it_was_made_on_an_older_state() {
    let (mut document, first) = entry_with_change();
    let opened = document.heads();
    let second = document.edit_note(AMINA, &Heads::newest(), "Nyere.").unwrap().unwrap().bytes;
    let stale = document.edit_note(AMINA, &opened, "Ældre.").unwrap().unwrap().bytes;
    for change in [first, second, stale.clone()] {
        assert_eq!(actor_of(&change), Some(AMINA));
    }
    let mut altered = stale;
    altered[40] ^= 1;
    assert_eq!(actor_of(&altered), None, "what is no change names nobody");
    assert_eq!(actor_of(&[]), None);
}
