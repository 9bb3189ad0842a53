//! How large a life is.

use feltbog_domain::Role;

/// Devices, and edits of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Size {
    /// Devices; each belongs to a member of its own.
    pub devices: usize,
    /// Edits of each device: new entries and changed notes.
    pub edits: usize,
}

impl Size {
    /// Three devices: a leader, a consultant, a treatment worker.
    pub const SMALL: Size = Size { devices: 3, edits: 30 };
    /// Eight devices.
    pub const MIDDLE: Size = Size { devices: 8, edits: 60 };
    /// Twenty-five devices.
    pub const LARGE: Size = Size { devices: 25, edits: 100 };

    /// The role of each device's member, the first one's being leader and administrator.
    pub(crate) fn roles(self) -> Vec<Role> {
        let treatment = (self.devices / 4).max(1);
        (0..self.devices)
            .map(|place| match place {
                0 => Role::Leader,
                1 if self.devices >= 8 => Role::Deputy,
                _ if place >= self.devices - treatment => Role::Treatment,
                _ => Role::Consultant,
            })
            .collect()
    }

    /// The size as a failure file has it.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}x{}", self.devices, self.edits)
    }

    /// Reads [`Self::to_text`].
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (devices, edits) = text.split_once('x')?;
        Some(Self { devices: devices.parse().ok()?, edits: edits.parse().ok()? })
    }
}
