//! Taking in what devices of the own side tell about readings.

use feltbog_domain::{FolderId, MemberId};
use feltbog_protocol::{Envelope, ReadLogRow};
use feltbog_sealing::{FolderKey, FolderKeyContext, OpenError, Readings, ReadingsPlace, Secret, WrapPair};
use feltbog_store::{ReadLogBatch, RowStatus};

use crate::error::AppError;
use crate::take_in::{APPLIED, Intake, Verdict};

impl Intake<'_> {
    /// Readings for whose key is here are opened and kept; those of others, which only their own device is sent, are passed
    /// over.
    pub(crate) fn readings(&mut self, envelope: &Envelope, signer: MemberId) -> Result<Verdict, AppError> {
        let Ok(row) = feltbog_protocol::decode::<ReadLogRow>(envelope.body()) else {
            return Ok((RowStatus::Ignored, Some("kind")));
        };
        let header = envelope.header();
        if !self.may_have_read(header.folder, signer)? {
            return Ok((RowStatus::Ignored, Some("no_grant")));
        }
        let place = ReadingsPlace { tenant: header.tenant, folder: header.folder, device: header.device };
        let Some(opened) = self.opened_readings(&row, &place)? else {
            let mine = header.device == self.identity.device || row.key.folder.is_none();
            return Ok(if mine { APPLIED } else { (RowStatus::WaitingKey, Some("no_key")) });
        };
        let Ok(readings) = opened else { return Ok((RowStatus::Quarantined, Some("does_not_open"))) };
        let (before, after) = (readings.before.0, readings.after().0);
        let is_own = header.device == self.identity.device;
        let server_ms = self.w.server_ms()?;
        // One's own may have lain here for longer than anything is kept, before the key came.
        let own_ms = readings.readings.iter().map(|reading| reading.at_ms).max().filter(|_| is_own);
        self.w.put_read_log(&ReadLogBatch {
            folder: header.folder,
            device: header.device,
            key: row.key.folder,
            came_ms: own_ms.map_or(server_ms, |own_ms| own_ms.min(server_ms)),
            first: row.first,
            elsewhere: row.elsewhere,
            before,
            after,
            readings: readings.readings,
        })?;
        if !is_own {
            // What it said stands in a table now; sealed it is needed by nobody here.
            self.w.drop_row(header.device, header.dseq)?;
        }
        Ok(APPLIED)
    }

    /// Where a folder is not known here nobody can tell.
    fn may_have_read(&self, folder: FolderId, member: MemberId) -> Result<bool, AppError> {
        let Some(row) = self.w.folder(folder)? else { return Ok(true) };
        let is_station = self.roster.member(member).is_none();
        Ok(is_station || row.creator == member || self.w.ever_granted(folder)?.contains(&member))
    }

    /// Nothing while the key is not here.
    fn opened_readings(
        &mut self,
        row: &ReadLogRow,
        place: &ReadingsPlace,
    ) -> Result<Option<Result<Readings, OpenError>>, AppError> {
        if row.key.folder.is_none() {
            return Ok(self.recovery.as_ref().map(|recovery| Readings::open(row, place, recovery.pair())));
        }
        let context = FolderKeyContext { tenant: place.tenant, folder: row.key.folder, epoch: row.key.epoch };
        let mut outcome = None;
        for key in self.w.folder_keys(context.folder, context.epoch)? {
            let pair: WrapPair = FolderKey::from_secret(Secret::new(*key)).read_log_pair(&context);
            outcome = Some(Readings::open(row, place, &pair));
            if matches!(outcome, Some(Ok(_))) {
                break;
            }
        }
        Ok(outcome)
    }
}
