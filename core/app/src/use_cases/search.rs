//! Full-text search.

use feltbog_domain::{CaseId, DocumentId, EntryKind, Moment};

use crate::device::Device;
use crate::error::AppError;

/// Most hits shown at once.
const HITS: u32 = 50;

/// An entry in which the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// The entry.
    pub entry: DocumentId,
    /// Its case.
    pub case: Option<CaseId>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// What was done.
    pub kind: EntryKind,
    /// When.
    pub at: Moment,
    /// The passage, with `[` and `]` around what was found.
    pub snippet: String,
}

impl Device {
    /// Entries that hold all the words; "kokken" finds "køkken".
    ///
    /// # Errors
    /// When the database refuses.
    pub fn search(&self, words: &str) -> Result<Vec<FoundEntry>, AppError> {
        let r = self.store.reader();
        let mut found = Vec::new();
        for hit in r.search(words, HITS)? {
            let Some(entry) = r.entry(hit.entry)? else { continue };
            let case = r.case_of_folder(hit.folder)?;
            found.push(FoundEntry {
                entry: hit.entry,
                case: case.as_ref().map(|row| row.case),
                case_name: case.map(|row| row.name),
                kind: entry.fields.kind,
                at: entry.fields.at,
                snippet: hit.snippet,
            });
        }
        Ok(found)
    }
}
