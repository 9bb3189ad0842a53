//! Leaving a folder, and what is sealed before somebody else has to.

use feltbog_protocol::{EnvelopeKind, Grant, RefusalCode, RevokeReason};
use feltbog_sealing::{FolderKey, Secret};
use feltbog_store::{FolderRow, OwedGrant};

use crate::error::AppError;
use crate::seal_pending::Sealer;

impl Sealer<'_> {
    /// Hands in what was not sent, tells what was read, then takes the folder off this device; the caller's transaction makes it one act, so
    /// nothing is lost between.
    pub(crate) fn leave(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        self.hand_in_folder(folder, RefusalCode::NoGrant)?;
        self.seal_readings_of(folder)?;
        self.w.set_progress(&self.progress)?;
        Ok(self.w.purge_folder(folder.id)?)
    }

    /// What was saved with a handover goes ahead of the revocation: the receiver is let in and the timeline tells of it, also
    /// where whoever signs gives their own case away and may write no more afterwards. Returns whether there was room for all
    /// of it.
    pub(crate) fn before_handing_over(&mut self) -> Result<bool, AppError> {
        let owed = self.w.owed_revokes()?;
        let mut folders: Vec<_> =
            owed.iter().filter(|owed| owed.reason == RevokeReason::HandedOver).map(|owed| owed.folder).collect();
        if folders.is_empty() {
            return Ok(true);
        }
        folders.dedup();
        if !self.pay_debts()? {
            return Ok(false);
        }
        for id in folders {
            let (Some(folder), last) = (self.w.folder(id)?, self.w.pending_before_revoke(id)?) else { continue };
            let Some(key) = self.w.folder_key(id, folder.key_epoch)? else { continue };
            let key = FolderKey::from_secret(Secret::new(*key));
            let mut pending = self.w.pending(id)?;
            pending.retain(|change| change.id <= last);
            if !self.seal_batches(&folder, &key, pending)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Signs one grant.
    pub(crate) fn grant(&mut self, owed: &OwedGrant) -> Result<(), AppError> {
        let grant = Grant {
            until_ms: owed.cover.map(|cover| cover.until_ms),
            cover_for: owed.cover.and_then(|cover| cover.of),
            ..Grant::lasting(owed.member, owed.rights)
        };
        self.enqueue_clear(EnvelopeKind::Grant, Some(owed.folder), 0, &feltbog_protocol::encode(&grant))?;
        let OwedGrant { folder, member, rights, cover } = *owed;
        let set = match cover {
            Some(cover) => self.w.set_cover(folder, member, rights, 0, cover),
            None => self.w.set_grant(folder, member, rights, 0),
        };
        Ok(set?)
    }
}
