//! Who else may hold something of a case that nobody here has.

use feltbog_domain::Rights;
use feltbog_protocol::DeviceState;
use feltbog_store::FolderRow;

use crate::device::Device;
use crate::error::AppError;

/// Somebody who may write in a case, on other devices than this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherDevices {
    /// Their name.
    pub member: String,
    /// How many of their devices are in use or blocked.
    pub devices: u32,
    /// How many of those nothing has ever come from.
    pub silent: u32,
}

impl OtherDevices {
    /// In one line.
    #[must_use]
    pub fn danish(&self) -> String {
        let devices = if self.devices == 1 { "1 enhed".to_owned() } else { format!("{} enheder", self.devices) };
        match self.silent {
            0 => format!("{} ({devices})", self.member),
            silent if silent == self.devices => format!("{} ({devices}, intet er kommet derfra endnu)", self.member),
            silent => format!("{} ({devices}, fra {silent} er intet kommet endnu)", self.member),
        }
    }
}

impl Device {
    /// Nobody can know here what another device has not sent; but which devices there are, everybody does. One that is
    /// blocked may lie in a bush with a note on it.
    pub(super) fn other_devices(&self, folders: &[FolderRow]) -> Result<Vec<OtherDevices>, AppError> {
        let r = self.store.reader();
        let mut writers = Vec::new();
        for folder in folders {
            let granted = r.grants_of(folder.id)?.into_iter();
            writers.extend(granted.filter(|(_, rights)| rights.covers(Rights::WRITE)).map(|(member, _)| member));
        }
        let mut others: Vec<OtherDevices> = Vec::new();
        writers.sort_unstable();
        writers.dedup();
        for member in writers {
            let (mut devices, mut silent) = (0, 0);
            for (device, entry) in self.roster.devices().filter(|(_, entry)| entry.member == member) {
                let counts = device != self.identity.device && entry.state != DeviceState::Revoked;
                devices += u32::from(counts);
                silent += u32::from(counts && r.last_row_of(device)?.is_none());
            }
            let name = self.staff_name(member)?.unwrap_or_else(|| member.to_string());
            others.extend((devices > 0).then_some(OtherDevices { member: name, devices, silent }));
        }
        others.sort_by(|one, two| one.member.cmp(&two.member));
        Ok(others)
    }
}
