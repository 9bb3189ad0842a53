//! Keys whose records a restored log has lost, while their makers are away: whoever holds one announces it once more,
//! under their own name (decision 34).

use feltbog_domain::FolderId;
use feltbog_protocol::{Envelope, EnvelopeKind, KeyRecord, KeyRecordForm};
use feltbog_sealing::{FolderKey, FolderKeyContext, Secret};
use feltbog_store::{FolderRow, Unresolved};

use crate::error::AppError;
use crate::seal_pending::Sealer;

impl Sealer<'_> {
    /// Announces the keys of a folder whose records stood in the log before it was restored and stand in it no more. To be
    /// called before one of them is used: nobody could open what is sealed under a key that is not in the log, nor follow
    /// the keys back past it. In one exchange each is announced once; `since` is this device's last number before it began.
    pub(crate) fn bring_back_keys(&mut self, folder: &FolderRow, since: u64) -> Result<(), AppError> {
        for lost in self.w.lost_key_records(folder.id)? {
            let Some(record) = record_of(&lost).filter(|record| record.form == KeyRecordForm::NewEpoch) else {
                continue;
            };
            let epoch = lost.header().key_epoch;
            let back = self.w.key_records_back(folder.id, epoch, since)?;
            let is_back = |known: KeyRecord| known.commitment == record.commitment && known.predecessor.is_some();
            if back.iter().filter_map(record_of).any(is_back) {
                continue;
            }
            if let Some(key) = self.key_of(folder.id, epoch, &record.commitment)? {
                // The key before was hidden under this one by its maker, and must not be hidden twice.
                self.announce_key(folder, epoch, &key, record.predecessor)?;
            }
        }
        Ok(())
    }

    /// Announces a key of a folder that has one already: wrapped for everybody who may open it, and for recovery.
    pub(crate) fn announce_key(
        &mut self,
        folder: &FolderRow,
        epoch: u32,
        key: &FolderKey,
        predecessor: Option<Vec<u8>>,
    ) -> Result<(), AppError> {
        let context = FolderKeyContext { tenant: self.identity.tenant, folder: folder.id, epoch };
        let mut recipients = vec![self.recovery_wrap(key, &context)?];
        for (member, _) in self.w.grants_of(folder.id)? {
            recipients.extend(self.member_wrap(key, &context, member)?);
        }
        let record = KeyRecord {
            form: KeyRecordForm::NewEpoch,
            commitment: key.commitment(&context),
            predecessor,
            recipients,
            folder_kind: None,
            programme: None,
        };
        self.enqueue_clear(EnvelopeKind::KeyRecord, Some(folder.id), epoch, &feltbog_protocol::encode(&record))
    }

    /// The log has a key of that number by now, perhaps another one. What it lacks then is the wraps of this one.
    pub(crate) fn bring_back_as_wraps(&mut self, refused: &Unresolved) -> Result<(), AppError> {
        let header = refused.envelope.header();
        if let Some(record) = record_of(&refused.envelope)
            && record.form == KeyRecordForm::NewEpoch
            && header.key_epoch > 1
        {
            let wraps = KeyRecord { form: KeyRecordForm::AddedWraps, ..record };
            let body = feltbog_protocol::encode(&wraps);
            self.enqueue_clear(EnvelopeKind::KeyRecord, Some(header.folder), header.key_epoch, &body)?;
        }
        Ok(self.w.resolve(header.dseq)?)
    }

    fn key_of(&self, folder: FolderId, epoch: u32, commitment: &[u8; 32]) -> Result<Option<FolderKey>, AppError> {
        let context = FolderKeyContext { tenant: self.identity.tenant, folder, epoch };
        let keys = self.w.folder_keys(folder, epoch)?.into_iter().map(|key| FolderKey::from_secret(Secret::new(*key)));
        Ok(keys.into_iter().find(|key| key.commitment(&context) == *commitment))
    }
}

fn record_of(envelope: &Envelope) -> Option<KeyRecord> {
    feltbog_protocol::decode(envelope.body()).ok()
}
