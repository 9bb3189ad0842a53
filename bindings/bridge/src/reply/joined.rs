//! What joining gave.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A device that is in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Joined {
    /// The member's name.
    pub name: String,
    /// The first role's word.
    pub role: String,
    /// The new member.
    pub member: String,
    /// The new device.
    pub device: String,
    /// Where it lies among the municipalities of a window or a phone.
    pub municipality: Option<u32>,
}

impl Joined {
    pub(crate) fn of(joined: feltbog_app::Joined) -> Self {
        Self {
            name: joined.name,
            role: joined.role.map(|role| role.word().to_owned()).unwrap_or_default(),
            member: joined.member.to_string(),
            device: joined.device.to_string(),
            municipality: None,
        }
    }
}
