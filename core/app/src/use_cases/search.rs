//! Search over everything this device may see: citizens, what they want, employers, entries.

mod cards;

use std::collections::HashSet;

use feltbog_domain::{CaseId, Closeness, CvrNumber, DocumentId, EntryKind, FolderId, Moment, Passage, Wanted};

use self::cards::Cards;
use crate::device::Device;
use crate::error::AppError;
use crate::reading::Read;

/// Most hits of one sort shown at once.
const HITS: usize = 50;

/// One thing in which the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub what: FoundWhat,
    /// How near the farthest of the words came.
    pub closeness: Closeness,
    /// Where they stand.
    pub passage: Passage,
}

/// What can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundWhat {
    /// A citizen, by name or number.
    Citizen {
        /// The case.
        case: CaseId,
        /// The citizen's name.
        name: String,
        /// The newest entry, if there is one.
        newest: Option<DocumentId>,
    },
    /// A citizen's wishes, plan, strengths or needs.
    Profile {
        /// The case.
        case: CaseId,
        /// The citizen's name.
        name: String,
    },
    /// An employer of the register.
    Employer {
        /// Its number.
        cvr: CvrNumber,
        /// Its name.
        name: String,
    },
    /// An entry.
    Entry {
        /// The entry.
        entry: DocumentId,
        /// Its case and the citizen's name; nothing for work without one.
        citizen: Option<(CaseId, String)>,
        /// What was done.
        kind: EntryKind,
        /// When.
        at: Moment,
    },
}

impl FoundWhat {
    /// Its place among those that come equally near.
    const fn rank(&self) -> u8 {
        match self {
            FoundWhat::Citizen { .. } => 0,
            FoundWhat::Profile { .. } => 1,
            FoundWhat::Employer { .. } => 2,
            FoundWhat::Entry { .. } => 3,
        }
    }
}

/// What was found, about which citizen, and the folder its reading is told under.
struct Told {
    found: Found,
    case: Option<CaseId>,
    folder: Option<FolderId>,
}

impl Device {
    /// Whatever meets all the words, each as a word or the beginning of one, in any order: "kokken" finds "køkken". Exact ones
    /// first, then those with a slip of the finger (one letter from four on, two from eight); the newest first among equals.
    /// What was marked as mistaken is not found. For every citizen found it stands in the read log, with the words, before this
    /// returns; a search that finds nothing shows nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn search(&mut self, words: &str) -> Result<Vec<Found>, AppError> {
        let hits = self.found(&Wanted::typed(words))?;
        let mut told = HashSet::new();
        let reads = hits.iter().filter_map(|hit| {
            let folder = hit.folder?;
            // A citizen is told once; work without one by the folder it lies in.
            told.insert((hit.case, hit.case.is_none().then_some(folder))).then(|| Read::search(folder, words))
        });
        let reads = reads.collect();
        self.note_reads(reads)?;
        Ok(hits.into_iter().map(|hit| hit.found).collect())
    }

    fn found(&self, wanted: &Wanted) -> Result<Vec<Told>, AppError> {
        if wanted.words().is_empty() {
            return Ok(Vec::new());
        }
        let r = self.store.reader();
        let cards = Cards::of(&r)?;
        let mut found = cards.found(&r, wanted, HITS)?;
        for hit in r.search(wanted, &cards.elsewhere(wanted), HITS)? {
            let citizen = cards.citizen_of(hit.entry.folder);
            found.push(Told {
                case: citizen.as_ref().map(|(case, _)| *case),
                folder: Some(hit.entry.folder),
                found: Found {
                    what: FoundWhat::Entry {
                        entry: hit.entry.document,
                        citizen,
                        kind: hit.entry.fields.kind,
                        at: hit.entry.fields.at,
                    },
                    closeness: hit.closeness,
                    passage: hit.passage,
                },
            });
        }
        found.sort_by_key(|hit| (hit.found.closeness, hit.found.what.rank()));
        Ok(found)
    }
}
