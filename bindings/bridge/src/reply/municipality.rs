use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A municipality with a device here. What stands in this row lies in clear, but for the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MunicipalityRow {
    /// Its place, by which it is asked.
    pub municipality: u32,
    /// What the person calls it; one that is alone may have no name.
    pub name: Option<String>,
    /// Whether it is the one that was asked.
    pub shown: bool,
    /// Whether it is open here.
    pub open: bool,
    /// Entries and other changes without a receipt; unknown while it is locked.
    pub unsent: Option<u32>,
}
