//! What needs action, with the rule behind it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that needs action in a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignalRow {
    /// What it is about.
    pub kind: String,
    /// The sentence shown.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// The last day in time, `åååå-mm-dd`.
    pub due: String,
    /// Days until then; negative when overdue.
    pub days_left: i32,
    /// The rule behind it.
    #[serde(flatten)]
    pub because: RuleRow,
}

/// A rule and where it comes from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RuleRow {
    /// The rule in a sentence.
    pub rule: String,
    /// The same in English.
    pub rule_en: String,
    /// Where it comes from.
    pub source: String,
    /// The same in English.
    pub source_en: String,
    /// Which kind of source: `paper`, `law`, `programme`.
    pub source_kind: String,
}

/// How many citizens one consultant is responsible for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Caseload {
    /// Cases that are not closed.
    pub active: u32,
    /// The limits that this number passes, the highest first.
    pub signals: Vec<CaseloadSignalRow>,
}

/// A limit that the number of citizens passes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseloadSignalRow {
    /// Which limit.
    pub kind: String,
    /// As many are still within it.
    pub limit: u32,
    /// The sentence shown.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// The rule behind it.
    #[serde(flatten)]
    pub because: RuleRow,
}
