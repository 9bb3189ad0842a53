//! A programme's figures for the region.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A signed file of figures of groups.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RegionFilePage {
    /// Its text.
    pub text: String,
    /// The programme.
    pub programme: String,
    /// The quarter's last day.
    pub as_of: String,
    /// What the region knows the municipality by: given by hand, once, and not with the file.
    pub fingerprint: String,
}
