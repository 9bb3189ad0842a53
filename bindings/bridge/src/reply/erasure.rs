//! Cases that are erased.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An erasure and its certificate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasureRow {
    /// Names the proposal, to confirm it.
    pub proposal: String,
    /// What to call the case in talk; nobody's number.
    pub case_ref: String,
    /// `proposed`, `confirmed` or `complete`.
    pub state: String,
    /// The stable word for why.
    pub reason: String,
    /// The same in Danish.
    pub reason_name: String,
    /// Who proposed.
    pub by: String,
    /// Who confirmed.
    pub confirmed_by: Option<String>,
    /// Kinds of the folders that go whole; none where single entries go.
    pub folders: Vec<String>,
    /// Kinds of the folders of which single entries go.
    pub entries: Vec<String>,
    /// When the proposal came here.
    pub at: String,
    /// When the confirmation came here.
    pub confirmed_at: Option<String>,
    /// Devices that said nothing is left.
    pub confirmed_devices: Vec<ErasureDevice>,
    /// Devices that may hold it still.
    pub missing_devices: Vec<ErasureDevice>,
    /// Devices that were shut out before they said so.
    pub shut_out_devices: Vec<ErasureDevice>,
    /// Whether this member may confirm it.
    pub may_confirm: bool,
}

/// A device in a certificate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasureDevice {
    /// The device.
    pub device: String,
    /// Name of the member whose it is.
    pub member: String,
}

/// An own entry of an erased case that never reached the server.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasedWorkRow {
    /// The entry.
    pub entry: String,
    /// Code of the kind.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: String,
    /// When it happened.
    pub at: String,
    /// The note.
    pub note: String,
}
