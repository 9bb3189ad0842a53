//! The note of an entry: the only text in which two people's letters merge.

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ObjType, ROOT, ReadDoc, Value};
use feltbog_domain::DocumentKind;

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::schema::NOTE;

impl Document {
    /// Saves the note as the editor left it, against the state the editor had opened: what others wrote since stays.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn edit_note(&mut self, actor: ActorBytes, opened: &Heads, text: &str) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Entry)?;
        self.commit(actor, opened, |tx| write_note(tx, text))
    }
}

/// Makes the note read `text`, as one difference to what it was.
pub(crate) fn write_note(tx: &mut Transaction<'_>, text: &str) -> Result<(), AutomergeError> {
    let Some(note) = note_object(tx) else { return Err(AutomergeError::Fail) };
    match tx.length(&note) {
        0 if text.is_empty() => Ok(()),
        0 => tx.splice_text(&note, 0, 0, text), // nothing to compare with
        _ if tx.text(&note)? == text => Ok(()),
        _ => tx.update_text(&note, text),
    }
}

/// The text object of the genesis.
pub(crate) fn note_object<D: ReadDoc>(document: &D) -> Option<ObjId> {
    match document.get(ROOT, NOTE) {
        Ok(Some((Value::Object(ObjType::Text), id))) => Some(id),
        _ => None,
    }
}
