//! A note whose letters do not fit one change: it is written in parts, each of which others take.

use feltbog_domain::{DocumentKind, EntryFields};
use feltbog_notes::{ActorBytes, Change, Document, Heads, NotesError};

/// Characters written at once: the widest letters, each of another width than the one before, still fit one change.
const PART: usize = 32_000;

/// A new entry, and the changes that make it, first to last. Whoever has only the first of them reads the note's beginning.
pub(crate) fn write_in_parts(
    actor: ActorBytes,
    fields: &EntryFields,
    note: &str,
) -> Result<(Document, Vec<Change>), NotesError> {
    let mut document = Document::new(DocumentKind::Entry);
    let mut changes = Vec::new();
    for end in ends(note) {
        let so_far = note.get(..end).unwrap_or(note);
        changes.extend(match changes.is_empty() {
            true => document.write_entry(actor, fields, so_far)?,
            false => document.edit_note(actor, &Heads::newest(), so_far)?,
        });
    }
    Ok((document, changes))
}

/// Where each part ends, in bytes.
fn ends(note: &str) -> impl Iterator<Item = usize> {
    note.char_indices().map(|(at, _)| at).step_by(PART).skip(1).chain([note.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_parted_between_letters_and_ends_where_it_ends() {
        let note = "ø".repeat(PART * 2 + 1);
        assert_eq!(ends(&note).collect::<Vec<_>>(), [PART * 2, PART * 4, PART * 4 + 2]);
        assert_eq!(ends("kort").collect::<Vec<_>>(), [4]);
    }
}
