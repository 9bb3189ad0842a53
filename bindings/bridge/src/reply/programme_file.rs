//! The programme's own file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::SentenceRow;

/// What is kept for a programme, and what can be chosen for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProgrammeFilePage {
    /// The programme; empty while nobody has named it.
    pub programme: String,
    /// The text that is kept; nothing where none was taken in.
    pub text: Option<String>,
    /// The programme's name, as the file has it.
    pub name: Option<String>,
    /// Where the file says it is from.
    pub source: Option<String>,
    /// Why this build cannot read what is kept.
    pub wrong: Option<SentenceRow>,
    /// Whether this member may take in another.
    pub may_set: bool,
    /// Those that come with Feltbog.
    pub shipped: Vec<ShippedProgramme>,
}

/// A programme that comes with Feltbog.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShippedProgramme {
    /// The name of its file.
    pub file: String,
    /// What it is called.
    pub name: String,
    /// Whether the text that is kept is this one's.
    pub chosen: bool,
}
