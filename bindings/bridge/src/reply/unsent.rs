use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What became of the unsent work beside a locked database.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnsentHandedIn {
    /// Folders whose work was handed in now.
    pub folders: u32,
    /// Folders whose work had been handed in before.
    pub before: u32,
    /// Folders of which the server did not take something; it lies where it was.
    pub refused: u32,
}
