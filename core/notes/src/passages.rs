//! Who wrote which letters of a note since somebody saw it last.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use automerge::{ActorId, ObjId, ReadDoc, ScalarValueRef, ValueRef};
use feltbog_domain::DocumentKind;

use crate::change::{ActorBytes, debug_without_content};
use crate::document::Document;
use crate::error::NotesError;
use crate::guarded_call::guarded;
use crate::heads::Heads;
use crate::note_edit::note_object;

/// Letters that stand together and came from one writer.
#[derive(Clone, PartialEq, Eq)]
pub struct Passage {
    /// The letters.
    pub text: String,
    /// Who wrote them since; nothing where they stood there before.
    pub since: Option<ActorBytes>,
}
debug_without_content!(Passage);

/// The operations each actor wrote.
type Written = HashMap<ActorId, Vec<RangeInclusive<u64>>>;

impl Document {
    /// The whole note in passages: what stood there in a state somebody saw, and who wrote the rest since. Together they
    /// read as the note does.
    ///
    /// # Errors
    /// [`NotesError::UnknownHeads`] when that state is not here.
    pub fn passages_since(&self, seen: &Heads) -> Result<Vec<Passage>, NotesError> {
        self.require(DocumentKind::Entry)?;
        let note = note_object(&self.automerge).ok_or(NotesError::Unreadable)?;
        guarded(|| self.passages(&note, seen)).map_err(|_| NotesError::Internal)?
    }

    fn passages(&self, note: &ObjId, seen: &Heads) -> Result<Vec<Passage>, NotesError> {
        let seen = seen.to_change_hashes();
        if seen.iter().any(|hash| self.automerge.get_change_meta_by_hash(hash).is_none()) {
            return Err(NotesError::UnknownHeads);
        }
        let mut since = Written::new();
        for change in self.automerge.get_changes(&seen) {
            let operations = change.start_op().get()..=change.max_op();
            since.entry(change.actor_id().clone()).or_default().push(operations);
        }
        let mut passages: Vec<Passage> = Vec::new();
        for letter in self.automerge.list_range(note, ..) {
            let writer = writer_since(&since, &letter.id());
            let ValueRef::Scalar(ScalarValueRef::Str(text)) = letter.value else { continue };
            match passages.last_mut() {
                Some(last) if last.since == writer => last.text.push_str(&text),
                _ => passages.push(Passage { text: text.into_owned(), since: writer }),
            }
        }
        Ok(passages)
    }
}

fn writer_since(since: &Written, letter: &ObjId) -> Option<ActorBytes> {
    let ObjId::Id(counter, actor, _) = letter else { return None };
    let is_since = since.get(actor)?.iter().any(|operations| operations.contains(counter));
    // An edit on an older state has one byte more in its name.
    if is_since { actor.to_bytes().first_chunk::<16>().copied().map(ActorBytes) } else { None }
}
