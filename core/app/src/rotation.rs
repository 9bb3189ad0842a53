//! Renewing a folder's key after somebody was shut out: a debt like the others (protocol, section 1.6).

use feltbog_domain::Rights;
use feltbog_protocol::{EnvelopeKind, KeyRecord, KeyRecordForm};
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret};
use feltbog_store::{FolderRow, Reader};

use crate::error::AppError;
use crate::seal_pending::Sealer;

/// Whether this member ought to renew a folder's key now: whoever writes in it may, and the next who does, does.
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
        && !r.has_proposal(folder.id)?)
}

impl Sealer<'_> {
    /// Announces new keys where they are due. Nothing is sealed under one before the server has taken its record: two
    /// devices may renew at once, and what was sealed under the key that lost could never be opened.
    pub(crate) fn rotate(&mut self) -> Result<(), AppError> {
        for folder in self.w.folders()? {
            if owes_rotation(self.w, &folder, self.identity.member)? {
                self.rotate_folder(&folder)?;
            }
        }
        Ok(())
    }

    fn rotate_folder(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        let Some(old) = self.w.folder_key(folder.id, folder.key_epoch)? else { return Ok(()) };
        let (old, new) = (FolderKey::from_secret(Secret::new(*old)), FolderKey::random());
        let epoch = folder.key_epoch + 1;
        let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch };
        let mut recipients = vec![self.recovery_wrap(&new, &context)?];
        for (member, _) in self.w.grants_of(folder.id)? {
            recipients.extend(self.member_wrap(&new, &context, member)?);
        }
        let record = KeyRecord {
            form: KeyRecordForm::NewEpoch,
            commitment: new.commitment(&context),
            predecessor: Some(new.hide_predecessor(&context, &old)),
            recipients,
            folder_kind: None,
            programme: None,
        };
        self.enqueue_clear(EnvelopeKind::KeyRecord, Some(folder.id), epoch, &feltbog_protocol::encode(&record))?;
        self.w.propose_key(folder.id, epoch, new.secret().expose(), self.progress.last_dseq)?;
        self.bring_back_missing_keys(folder)
    }

    /// In a restored log the records of keys may be missing whose makers are still away, and whoever comes to the folder
    /// later would not get past them to what was written before. Every record hides the key before its own; for the
    /// missing ones this one does.
    fn bring_back_missing_keys(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        for epoch in self.w.keys_lost_with_the_log(folder.id)? {
            let (Some(key), Some(before)) =
                (self.w.folder_key(folder.id, epoch)?, self.w.folder_key(folder.id, epoch - 1)?)
            else {
                continue;
            };
            let (key, before) =
                (FolderKey::from_secret(Secret::new(*key)), FolderKey::from_secret(Secret::new(*before)));
            let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch };
            let Some(own) = self.member_wrap(&key, &context, self.identity.member)? else { continue };
            let record = KeyRecord {
                form: KeyRecordForm::AddedWraps,
                commitment: key.commitment(&context),
                predecessor: Some(key.hide_predecessor(&context, &before)),
                recipients: vec![own],
                folder_kind: None,
                programme: None,
            };
            self.enqueue_clear(EnvelopeKind::KeyRecord, Some(folder.id), epoch, &feltbog_protocol::encode(&record))?;
        }
        Ok(())
    }
}
