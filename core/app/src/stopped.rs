//! Those who run the server have stopped this device, and the server says so.
//!
//! No one of the municipality has signed it, so it is believed no further than a server can be: the device locks, keeps
//! everything, and goes on asking. The first exchange that comes through opens it again. Nothing is handed in or taken off by
//! itself, and as long as it lasts not even for having been away too long: a server that lies would otherwise only have to wait.

use crate::device::Device;
use crate::error::AppError;

/// In meta: the last answer of the server was that this device is stopped.
const STOPPED: &str = "stopped_by_it";

impl Device {
    /// Whether the server said so last.
    pub(crate) fn is_stopped(&self) -> Result<bool, AppError> {
        Ok(self.store.reader().meta(STOPPED)?.is_some())
    }

    pub(crate) fn note_stop(&mut self) -> Result<(), AppError> {
        self.store.write(|w| Ok(w.set_meta(STOPPED, &[1])?))
    }

    pub(crate) fn forget_stop(&mut self) -> Result<(), AppError> {
        if !self.is_stopped()? {
            return Ok(());
        }
        self.store.write(|w| Ok(w.remove_meta(STOPPED)?))
    }
}
