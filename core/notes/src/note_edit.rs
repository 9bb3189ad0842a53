//! The note of an entry: the only text in which two people's letters merge.

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ObjType, ROOT, ReadDoc, Value};
use feltbog_domain::DocumentKind;

use crate::caps::Caps;
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
        check_note_length(text)?;
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
        _ => write_difference(tx, &note, text),
    }
}

/// Letters of the old text times letters of the new up to which the smallest difference is looked for. Beyond, finding
/// it takes seconds to minutes on a phone, and somebody who replaced that much has written a new text anyway.
const LARGEST_COMPARISON: usize = 4_000_000;

/// What both texts begin and end with stays untouched; between, the smallest difference where it can be found quickly,
/// else the whole passage is replaced.
fn write_difference(tx: &mut Transaction<'_>, note: &ObjId, text: &str) -> Result<(), AutomergeError> {
    let old: Vec<char> = tx.text(note)?.chars().collect();
    let new: Vec<char> = text.chars().collect();
    let start = common(old.iter(), new.iter());
    let (old_rest, new_rest) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = common(old_rest.iter().rev(), new_rest.iter().rev());
    let (removed, added) = (old_rest.len() - end, new_rest.len() - end);
    if removed.saturating_mul(added) <= LARGEST_COMPARISON {
        return tx.update_text(note, text);
    }
    let passage: String = new_rest.iter().take(added).collect();
    tx.splice_text(note, start, isize::try_from(removed).unwrap_or(isize::MAX), &passage)
}

fn common<'a>(one: impl Iterator<Item = &'a char>, other: impl Iterator<Item = &'a char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// Said before anything is compared, where somebody can still shorten it.
pub(crate) fn check_note_length(text: &str) -> Result<(), NotesError> {
    if text.chars().count() > Caps::default().note_characters { Err(NotesError::TooLong) } else { Ok(()) }
}

/// The text object of the genesis.
pub(crate) fn note_object<D: ReadDoc>(document: &D) -> Option<ObjId> {
    match document.get(ROOT, NOTE) {
        Ok(Some((Value::Object(ObjType::Text), id))) => Some(id),
        _ => None,
    }
}
