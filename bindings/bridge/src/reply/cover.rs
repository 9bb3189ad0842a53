//! Standing in for somebody, and a case that went to somebody else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An entry somebody wrote who stood in for this member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MeanwhileRow {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: String,
    /// The citizen's name.
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// Who wrote it.
    pub by: String,
    /// When it happened.
    pub at: String,
}

/// A case that went to a colleague.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandedAwayRow {
    /// Its number; the case is not on this device any more.
    pub case: String,
    /// Name of who has it now.
    pub to: String,
    /// When this device learnt of it.
    pub at: String,
}

/// Who looks after a case for whom.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseCover {
    /// Name of the colleague who is away.
    pub absent: String,
    /// Name of the colleague who stands in.
    pub by: String,
    /// The last day, `åååå-mm-dd`.
    pub until: String,
}
