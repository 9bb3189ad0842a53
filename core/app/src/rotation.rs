//! Renewing a folder's key after somebody was shut out: a debt like the others (protocol, section 1.6).

use feltbog_domain::Rights;
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret};
use feltbog_store::{FolderRow, Reader};

use crate::error::AppError;
use crate::seal_pending::Sealer;
use crate::waits_for_the_log::waits_for_the_log;

/// Whether this member ought to renew a folder's key now: whoever writes in it may, and the next who does, does. A folder that a
/// restored log lacks has to come back first.
pub(crate) fn owes_rotation(
    r: &Reader<'_>,
    folder: &FolderRow,
    me: feltbog_domain::MemberId,
) -> Result<bool, AppError> {
    Ok(folder.rotation_due
        && folder.announced
        && !folder.closed
        && r.rights(folder.id, me)?.is_some_and(|rights| rights.covers(Rights::WRITE))
        && r.folder_key(folder.id, folder.key_epoch)?.is_some()
        && !r.has_proposal(folder.id)?
        && !waits_for_the_log(r, folder, me)?)
}

impl Sealer<'_> {
    /// Announces new keys where they are due. Nothing is sealed under one before the server has taken its record: two
    /// devices may renew at once, and what was sealed under the key that lost could never be opened.
    /// Returns whether there was room for all of them.
    pub(crate) fn rotate(&mut self, since: u64) -> Result<bool, AppError> {
        for folder in self.w.folders()? {
            if self.room.is_used_up() {
                return Ok(false);
            }
            if owes_rotation(self.w, &folder, self.identity.member)? {
                self.bring_back_keys(&folder, since)?;
                self.rotate_folder(&folder)?;
            }
        }
        Ok(true)
    }

    fn rotate_folder(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        let Some(old) = self.w.folder_key(folder.id, folder.key_epoch)? else { return Ok(()) };
        let (old, new) = (FolderKey::from_secret(Secret::new(*old)), FolderKey::random());
        let epoch = folder.key_epoch + 1;
        let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch };
        self.announce_key(folder, epoch, &new, Some(new.hide_predecessor(&context, &old)))?;
        Ok(self.w.propose_key(folder.id, epoch, new.secret().expose(), self.progress.last_dseq)?)
    }
}
