//! What a search found.

use feltbog_domain::{Mark, Passage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing in which the words were found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Hit {
    /// What it is.
    pub what: HitWhat,
    /// The entry; for a citizen found by name, the newest about them, if there is one.
    pub entry: Option<String>,
    /// The case.
    pub case: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Company number of an employer.
    pub employer: Option<String>,
    /// Name of an employer.
    pub employer_name: Option<String>,
    /// Code of an entry's kind.
    pub kind: Option<String>,
    /// Name of an entry's kind.
    pub kind_name: Option<String>,
    /// When an entry happened.
    pub at: Option<String>,
    /// It was found with a slip of the finger.
    pub near: bool,
    /// The passage, as it was written.
    pub snippet: String,
    /// What to mark in the passage, in order, one after the other.
    pub marks: Vec<MarkRow>,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HitWhat {
    /// A citizen, by name or number.
    Citizen,
    /// A citizen's wishes, plan, strengths or needs.
    Profile,
    /// An employer.
    Employer,
    /// An entry.
    Entry,
}

/// A stretch of a passage, counted in UTF-16 code units: what `slice` of a JavaScript string takes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct MarkRow {
    /// The first unit.
    pub start: u32,
    /// The unit after the last.
    pub end: u32,
}

impl Hit {
    /// The passage with signs around what was found, for where nothing else can mark.
    #[must_use]
    pub fn with_signs(&self, before: &str, after: &str) -> String {
        let marks = self.marks.iter().map(|mark| Mark { start: mark.start, end: mark.end }).collect();
        Passage { text: self.snippet.clone(), marks }.with_signs(before, after)
    }
}
