//! How this device stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Caseload, FindingRow, HandedAwayRow, HandedInRow, LeaseRow, MeanwhileRow};

/// The state of this device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Status {
    /// How long this device may work without a network.
    #[serde(default)]
    pub lease: Option<LeaseRow>,
    /// Entries and other changes without a receipt.
    pub unsent: u32,
    /// Age of the oldest of them.
    pub oldest_unsent_hours: Option<u32>,
    /// Rows from others that could not be read and were put aside.
    pub quarantined: u32,
    /// How far in the server's log this device has read.
    #[ts(type = "number")]
    pub cursor: u64,
    /// This device.
    pub device: String,
    /// Whose it is.
    pub member: String,
    /// The first role held.
    pub role: String,
    /// Every role held, in Danish, with its programme.
    pub roles: Vec<String>,
    /// The first unsent entries and those in `asks`, oldest first.
    pub waiting: Vec<WaitingEntry>,
    /// How many unsent entries there are in all.
    #[serde(default)]
    pub waiting_in_all: u32,
    /// What the server refused and nothing was done about yet.
    pub refused: Vec<RefusedEnvelope>,
    /// When the last successful exchange ended.
    pub last_exchange: Option<String>,
    /// Why the last attempt failed, if it did.
    pub last_failure: Option<String>,
    /// Entries with a receipt from today.
    pub sent_today: u32,
    /// Whether an exchange is running now.
    pub exchanging: bool,
    /// Own work that was handed in to the leaders because its folder was no longer open, newest first.
    pub handed_in: Vec<HandedInRow>,
    /// What colleagues wrote in this member's stead and was not seen yet, newest first.
    #[serde(default)]
    pub meanwhile: Vec<MeanwhileRow>,
    /// Cases that went to a colleague of late, newest first.
    #[serde(default)]
    pub handed_away: Vec<HandedAwayRow>,
    /// Entries that could not be shared any more and wait for their writer.
    pub asks: Vec<String>,
    /// How many handed-in entries of colleagues wait here.
    pub deposits: u32,
    /// Whether the server was restored since this device joined.
    pub restored: bool,
    /// Whether the restored server waited for a leader's device when this process last exchanged.
    pub healing: bool,
    /// How many entries the restored server has not got back.
    pub missing: u32,
    /// Own entries of erased cases that were never sent, and wait for their writer's word.
    #[serde(default)]
    pub erased_work: u32,
    /// Signs that the server shows its devices different histories.
    pub findings: Vec<FindingRow>,
    /// When somebody has to log in again, once that is near or over.
    #[serde(default)]
    pub login_by: Option<String>,
    /// What others changed of how this member stands, and was not seen yet.
    #[serde(default)]
    pub standing: Vec<StandingRow>,
    /// How many citizens this member is responsible for, and what is to be said about that.
    #[serde(default)]
    pub caseload: Caseload,
    /// Own entries that are not in the journal.
    #[serde(default)]
    pub missing_in_journal: u32,
    /// Whether this member may make a case.
    #[serde(default)]
    pub may_make_cases: bool,
    /// Whether the member holds no role but a reviewer's: there are no citizens and no figures to be seen then.
    #[serde(default)]
    pub only_reviews: bool,
    /// Names of the programmes this member has a role in.
    #[serde(default)]
    pub programmes: Vec<String>,
}

/// A device in this member's name, a role given or taken, a recovery station.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandingRow {
    /// Names this change.
    pub id: String,
    /// `device`, `station` or `role`.
    pub what: String,
    /// Whether the role was taken.
    pub gone: bool,
    /// The device.
    pub device: Option<String>,
    /// The role in Danish, with its programme.
    pub role: Option<String>,
}

/// An entry that is only here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingEntry {
    /// The entry.
    pub entry: String,
    /// Its case.
    pub case: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// When it was saved here.
    pub saved_at: String,
}

/// Something the server refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefusedEnvelope {
    /// The refusal's code.
    pub code: String,
    /// What that means, in Danish.
    pub message: String,
    /// The entry concerned, if it is one.
    pub entry: Option<String>,
    /// The citizen's name.
    pub case_name: Option<String>,
    /// Code of the kind.
    pub kind: Option<String>,
    /// Name of the kind.
    pub kind_name: Option<String>,
}
