//! Full-text search.

use std::collections::{BTreeMap, HashSet};

use feltbog_domain::{CaseId, DocumentId, EntryKind, FolderId, Moment, fold};

use crate::device::Device;
use crate::error::AppError;
use crate::reading::Read;

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
    /// Entries that hold all the words, "kokken" finds "køkken"; and for each citizen whose name or number holds them,
    /// the newest entry, first. For every citizen found it stands in the read log, with the words, before this returns; a
    /// search that finds nothing shows nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn search(&mut self, words: &str) -> Result<Vec<FoundEntry>, AppError> {
        let (found, told) = self.found(words)?;
        self.note_reads(told.into_iter().map(|folder| Read::search(folder, words)).collect())?;
        Ok(found)
    }

    /// What is found, and for each citizen one of the folders it was found in.
    fn found(&self, words: &str) -> Result<(Vec<FoundEntry>, Vec<FolderId>), AppError> {
        let r = self.store.reader();
        let (mut found, mut told) = self.search_citizens(words)?;
        let mut cases: HashSet<CaseId> = found.iter().filter_map(|hit| hit.case).collect();
        for hit in r.search(words, HITS)? {
            if found.iter().any(|known| known.entry == hit.entry) {
                continue;
            }
            let Some(entry) = r.entry(hit.entry)? else { continue };
            let case = r.case_of_folder(hit.folder)?;
            let is_new = case.as_ref().map_or(!told.contains(&hit.folder), |row| cases.insert(row.case));
            told.extend(is_new.then_some(hit.folder));
            found.push(FoundEntry {
                entry: hit.entry,
                case: case.as_ref().map(|row| row.case),
                case_name: case.map(|row| row.name),
                kind: entry.fields.kind,
                at: entry.fields.at,
                snippet: hit.snippet,
            });
        }
        Ok((found, told))
    }

    fn search_citizens(&self, words: &str) -> Result<(Vec<FoundEntry>, Vec<FolderId>), AppError> {
        let r = self.store.reader();
        let wanted: Vec<String> = words.split_whitespace().map(fold).collect();
        let mut newest: BTreeMap<CaseId, (FoundEntry, FolderId)> = BTreeMap::new();
        if wanted.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        for row in r.case_folders()? {
            let name = fold(&format!("{} {}", row.name, row.number));
            let holds = |word: &String| name.split_whitespace().any(|part| part.starts_with(word.as_str()));
            if !wanted.iter().all(holds) {
                continue;
            }
            let Some(entry) = r.newest_entry(row.folder)? else { continue };
            let found = FoundEntry {
                entry: entry.document,
                case: Some(row.case),
                snippet: format!("[{}] {}", row.name, row.number),
                case_name: Some(row.name),
                kind: entry.fields.kind,
                at: entry.fields.at,
            };
            if newest.get(&row.case).is_none_or(|(known, _)| known.at < found.at) {
                newest.insert(row.case, (found, row.folder));
            }
        }
        Ok(newest.into_values().unzip())
    }
}
