//! Full-text search over what this device may see.

use feltbog_domain::{FolderId, fold};

use crate::open::{Reader, StoreError};
use crate::read_model::EntryReadRow;
use feltbog_domain::DocumentId;

/// Characters shown around the first hit.
const BEFORE: usize = 40;
const SHOWN: usize = 160;

/// One entry in which the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The entry.
    pub entry: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// The passage, with `[` and `]` around what was found.
    pub snippet: String,
}

impl Reader<'_> {
    /// Entries that hold all the words (each as the beginning of a word), best match first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn search(&self, words: &str, limit: u32) -> Result<Vec<SearchHit>, StoreError> {
        let wanted = query_words(words);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let query: Vec<String> = wanted.iter().map(|word| format!("\"{word}\"*")).collect();
        let mut statement = self.sql.prepare_cached(
            "SELECT e.document FROM entry_text t JOIN entry e ON e.row = t.rowid
             WHERE entry_text MATCH ?1 ORDER BY rank, e.at_ms DESC LIMIT ?2",
        )?;
        let found: Vec<[u8; 16]> =
            statement.query_map((query.join(" "), limit), |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut hits = Vec::with_capacity(found.len());
        for document in found {
            if let Some(entry) = self.entry(DocumentId::from(document))? {
                hits.push(hit(&entry, &wanted));
            }
        }
        Ok(hits)
    }
}

/// Folded words of letters and digits: nothing of FTS5's own query language gets through.
fn query_words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn hit(entry: &EntryReadRow, wanted: &[String]) -> SearchHit {
    let passage = mark(&entry.note, wanted)
        .or_else(|| entry.fields.place.as_deref().and_then(|place| mark(place, wanted)))
        .or_else(|| entry.fields.contact_person.as_deref().and_then(|name| mark(name, wanted)))
        .unwrap_or_else(|| entry.note.chars().take(SHOWN).collect());
    SearchHit { entry: entry.document, folder: entry.folder, snippet: passage }
}

/// The text around the first hit, with every hit in brackets; `None` when there is none.
fn mark(text: &str, wanted: &[String]) -> Option<String> {
    let mut marked = String::new();
    let mut first_hit = None;
    let mut rest = text;
    while !rest.is_empty() {
        let word_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        if !word.is_empty() && wanted.iter().any(|w| fold(word).starts_with(w.as_str())) {
            first_hit.get_or_insert(marked.chars().count());
            marked.push('[');
            marked.push_str(word);
            marked.push(']');
        } else {
            marked.push_str(word);
        }
        let gap_end = after.find(char::is_alphanumeric).unwrap_or(after.len());
        let (gap, next) = after.split_at(gap_end);
        marked.push_str(gap);
        rest = next;
    }
    let start = first_hit?.saturating_sub(BEFORE);
    let shown: String = marked.chars().skip(start).take(SHOWN).collect();
    let lead = if start > 0 { "…" } else { "" };
    let tail = if marked.chars().count() > start + SHOWN { "…" } else { "" };
    Some(format!("{lead}{shown}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EntryRowWrite, Store};
    use feltbog_domain::{EntryFields, EntryKind, Moment};

    fn store_with(note: &str) -> Store {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let fields = EntryFields::new(EntryKind::Note, Moment::from_unix_ms(0));
        store
            .write(|w| {
                w.put_entry(&EntryRowWrite {
                    document: DocumentId::new([1; 16]),
                    folder: FolderId::new([2; 16]),
                    fields: &fields,
                    note,
                    conflicts: "{}",
                })
            })
            .map_err(|e: StoreError| e)
            .unwrap();
        store
    }

    #[test]
    fn kokken_finds_køkken_and_shows_it_as_it_was_written() {
        let store = store_with("Hun vil gerne arbejde i et køkken, helst om morgenen.");
        let hits = store.reader().search("kokken", 10).unwrap();
        assert_eq!(hits.len(), 1);
        assert!(hits[0].snippet.contains("[køkken]"), "{}", hits[0].snippet);
    }

    #[test]
    fn all_words_must_be_there_each_as_the_beginning_of_a_word() {
        let store = store_with("Aftalte prøvevagt på tirsdag");
        assert_eq!(store.reader().search("prov tirs", 10).unwrap().len(), 1);
        assert!(store.reader().search("prov onsdag", 10).unwrap().is_empty());
    }

    #[test]
    fn signs_of_the_query_language_are_only_gaps_between_words() {
        let store = store_with("Aftalte prøvevagt");
        for typed in ["\"", "prøvevagt OR", "NEAR(", "*", "text:aftalte", "a\"b", ""] {
            assert!(store.reader().search(typed, 10).is_ok(), "{typed}");
        }
    }
}
