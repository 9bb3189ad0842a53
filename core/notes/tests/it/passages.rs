//! Who wrote which letters since somebody saw the note.

use feltbog_notes::{ActorBytes, Document, Heads, NotesError, Passage};
use proptest::prelude::*;

use crate::samples::{AMINA, BO, CARL, entry, note, take};

fn passages(document: &Document, seen: &Heads) -> Vec<(String, Option<ActorBytes>)> {
    let found = document.passages_since(seen).unwrap();
    found.into_iter().map(|Passage { text, since }| (text, since)).collect()
}

fn edited(document: &mut Document, actor: ActorBytes, opened: &Heads, text: &str) -> Vec<u8> {
    document.edit_note(actor, opened, text).unwrap().unwrap().bytes
}

#[test]
fn the_letters_of_each_writer_stand_apart_and_what_was_seen_is_nobodys() {
    let mut document = entry();
    let before = document.heads();
    let first = note(&document);
    edited(&mut document, BO, &before, &format!("{first} Bo. 🌻"));
    edited(&mut document, CARL, &before, &format!("Carl. {first}"));
    assert_eq!(
        passages(&document, &before),
        [("Carl. ".into(), Some(CARL)), (first, None), (" Bo. 🌻".into(), Some(BO))],
        "an edit on an older state is its writer's too"
    );
    assert_eq!(passages(&document, &document.heads()), [(note(&document), None)]);
}

#[test]
fn a_state_that_is_not_here_is_refused() {
    let unknown = Heads::new(vec![[9; 32]]);
    assert_eq!(entry().passages_since(&unknown).unwrap_err(), NotesError::UnknownHeads);
}

proptest! {
    #[test]
    fn the_passages_always_read_as_the_note(ours in "\\PC{0,40}", theirs in "\\PC{0,40}") {
        let mut here = entry();
        let mut there = here.clone();
        let seen = here.heads();
        let _ = here.edit_note(AMINA, &seen, &ours).unwrap();
        let change = there.edit_note(BO, &seen, &theirs).unwrap();
        if let Some(change) = change {
            take(&mut here, &[change.bytes]).unwrap();
        }
        let read: String = passages(&here, &seen).into_iter().map(|(text, _)| text).collect();
        prop_assert_eq!(read, note(&here));
    }
}
