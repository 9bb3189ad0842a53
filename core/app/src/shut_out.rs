//! This device was blocked, or shut out for ever.
//!
//! The server says so, and is not believed: what counts are the certificates it shows, signed by the municipality's own
//! people. A device that was shut out hands in what it had not sent and forgets everything else, in one transaction; what it
//! handed in leaves with the exchanges that follow.

use feltbog_protocol::{DeviceState, Envelope, EnvelopeKind, ErrorCode, RefusalCode, Row};
use feltbog_store::StoredRow;
use feltbog_sync::Failure;

use crate::device::Device;
use crate::error::AppError;
use crate::reserve::Kept;
use crate::room::Room;
use crate::seal_pending::Sealer;

/// In meta: this device was shut out and has forgotten what it knew.
pub(crate) const FORGOTTEN: &str = "forgotten";

impl Device {
    /// Whether this device is served, as the certificates say.
    #[must_use]
    pub fn own_state(&self) -> DeviceState {
        self.roster.device(self.identity.device).map_or(DeviceState::Free, |entry| entry.state)
    }

    /// Lets nobody read or write on a device that is blocked or was shut out.
    ///
    /// # Errors
    /// [`AppError::Exchange`] with the server's own code.
    pub fn must_be_served(&self) -> Result<(), AppError> {
        let code = match self.own_state() {
            DeviceState::Free => return Ok(()),
            DeviceState::Blocked => ErrorCode::DeviceBlocked,
            DeviceState::Revoked => ErrorCode::DeviceRevoked,
        };
        Err(AppError::Exchange(Failure::Refused(code)))
    }

    /// Stores and takes in the certificates a server shows as the reason for not serving this device.
    pub(crate) fn take_order(&mut self, order: &[Row]) -> Result<(), AppError> {
        let unplaced = self.store.write(|w| {
            let mut unplaced = Vec::new();
            for row in order {
                let Ok(envelope) = Envelope::decode(row.envelope.clone()) else { continue };
                // Nothing else belongs in it.
                let is_certificate = envelope.header().known_kind() == Some(EnvelopeKind::Certificate);
                if is_certificate && w.store_shown(row.seq, &envelope)? {
                    unplaced.push(StoredRow { seq: row.seq, envelope, purged: false });
                }
            }
            Ok::<_, AppError>(unplaced)
        })?;
        self.take_in_batch(&unplaced)?;
        while self.take_in_some()? {}
        // Who may say so is judged by the whole roster, in order.
        self.reload_roster()
    }

    /// Hands in everything that was not sent, and forgets the rest. Does nothing the second time, and nothing at all on a
    /// device that was not shut out.
    pub(crate) fn forget_everything(&mut self) -> Result<(), AppError> {
        if self.own_state() != DeviceState::Revoked || self.has_forgotten()? {
            return Ok(());
        }
        let (identity, signing, roster, now_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        self.store.write(|w| -> Result<(), AppError> {
            let mut sealer =
                Sealer { w, identity, signing, roster, progress: w.progress()?, now_ms, room: Room::ENDLESS };
            // Work in a folder that nobody knows finds no leader: it begins first, and lets them in.
            sealer.announce_folders()?;
            let folders = w.folders()?;
            // All before any is gone: receivers are named by the staff folder.
            for folder in &folders {
                sealer.hand_in_folder(folder, RefusalCode::NoGrant)?;
                sealer.seal_readings_of(folder)?;
            }
            let progress = sealer.progress;
            w.set_progress(&progress)?;
            w.forget_everything()?;
            Ok(w.set_meta(FORGOTTEN, &[1])?)
        })?;
        self.store.checkpoint()?;
        self.keep_reserve(Kept::Everything);
        Ok(())
    }

    /// Whether this device was shut out and has forgotten what it knew.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn has_forgotten(&self) -> Result<bool, AppError> {
        Ok(self.store.reader().meta(FORGOTTEN)?.is_some())
    }
}
