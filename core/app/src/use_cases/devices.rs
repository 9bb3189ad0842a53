//! On what.

use feltbog_domain::DeviceId;
use feltbog_protocol::DeviceState as Certified;

use crate::device::Device;
use crate::error::AppError;

/// Which of the devices one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// The one that answers.
    ThisDevice,
    /// Another.
    Active,
    /// Blocked until somebody entitled frees it.
    Blocked,
    /// Shut out for ever.
    Revoked,
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceSummary {
    /// The device.
    pub device: DeviceId,
    /// Name of the member whose it is.
    pub member: String,
    /// Place of its newest row in the log, as far as was seen here.
    pub last_row: Option<u64>,
    /// Which one.
    pub state: DeviceState,
}

impl Device {
    /// All devices certified so far.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn devices(&self) -> Result<Vec<DeviceSummary>, AppError> {
        self.roster
            .devices()
            .map(|(device, entry)| {
                let own = device == self.identity.device;
                Ok(DeviceSummary {
                    device,
                    member: self.staff_name(entry.member)?.unwrap_or_else(|| entry.member.to_string()),
                    last_row: self.store.reader().last_row_of(device)?,
                    state: match entry.state {
                        Certified::Blocked => DeviceState::Blocked,
                        Certified::Revoked => DeviceState::Revoked,
                        Certified::Free if own => DeviceState::ThisDevice,
                        Certified::Free => DeviceState::Active,
                    },
                })
            })
            .collect()
    }
}
