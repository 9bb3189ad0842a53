//! Readings leave the device: sealed for the records officers of the reader's side, one envelope for each folder.

use feltbog_domain::{DeviceId, FolderId, ProgrammeId, Reading, RoleGrant, Side};
use feltbog_protocol::{EnvelopeKind, PurgeReceipt, ReadLogKeyName, ReadLogRow, limits};
use feltbog_sealing::{PayloadError, ReadChain, Readings, ReadingsPlace, SealError};
use feltbog_store::{FolderRow, Writer};

use crate::error::AppError;
use crate::keep_readings::kept_since;
use crate::reading::count;
use crate::seal_pending::Sealer;

/// Readings wait for others of the same folder for so long, unless somebody asks for an exchange: one envelope for an hour's
/// reading instead of one for each glance.
const WAITS_MS: i64 = 60 * 60 * 1000;

/// Which readings are sealed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TellsReadings {
    /// Those that have waited long enough.
    #[default]
    WhenDue,
    /// All: somebody asked for this exchange.
    Now,
}

impl TellsReadings {
    /// Readings from before this moment are sealed; `late_ms` is the time that readings are stamped with.
    pub(crate) const fn due_before(self, late_ms: i64) -> i64 {
        match self {
            TellsReadings::WhenDue => late_ms.saturating_sub(WAITS_MS),
            TellsReadings::Now => i64::MAX,
        }
    }
}

/// Readings under the key they are sealed for.
struct SealedReadings {
    row: ReadLogRow,
    /// Whose records officers open them; nothing for the recovery key.
    side: Option<Side>,
}

impl Sealer<'_> {
    /// Seals what is due, folder by folder. Returns whether there was room for all of it.
    pub(crate) fn seal_readings(&mut self, due_before_ms: i64) -> Result<bool, AppError> {
        self.w.forget_told_readings()?;
        for id in self.w.folders_with_readings(due_before_ms)? {
            if self.room.is_used_up() {
                return Ok(false);
            }
            if let Some(folder) = self.w.folder(id)? {
                self.seal_readings_of(&folder)?;
            }
        }
        Ok(true)
    }

    /// Seals all readings of a folder. Those of one that the server has not heard of wait for its first key record, and after a
    /// restore for whoever brings that back.
    pub(crate) fn seal_readings_of(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        if !folder.announced || self.waits_for_the_log(folder.id)? {
            return Ok(());
        }
        let mut most = limits::READS_PER_ENVELOPE;
        loop {
            let rows = self.w.readings_to_seal(folder.id, most)?;
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
            let (first, last, before, count) =
                (first.counter, last.counter, ReadChain(first.before), rows.len() as u64);
            let readings = Readings { before, readings: rows.into_iter().map(|row| row.reading).collect() };
            match self.sealed_readings(folder, first, &readings) {
                Ok(Some(SealedReadings { row, side })) => {
                    self.enqueue_clear(EnvelopeKind::ReadLog, Some(folder.id), 0, &feltbog_protocol::encode(&row))?;
                    self.w.readings_sealed(folder.id, last, side, self.progress.last_dseq)?;
                }
                Ok(None) => return Ok(()),
                Err(AppError::Seal(SealError::Payload(PayloadError::TooLarge))) if count > 1 => most = count / 2,
                Err(error) => return Err(error),
            }
        }
    }

    /// For the records officers where there are any, else for whoever puts two recovery shares together. Nothing is sealed for
    /// a key whose maker holds the office no longer; one that is no key, by mistake or on purpose, stops nobody's exchange.
    fn sealed_readings(
        &self,
        folder: &FolderRow,
        first: u64,
        readings: &Readings,
    ) -> Result<Option<SealedReadings>, AppError> {
        let identity = self.identity;
        let place = ReadingsPlace { tenant: identity.tenant, folder: folder.id, device: identity.device };
        let (programme, side) = (folder.programme, self.answers_for_me(folder));
        let in_office = |by| self.roster.keeps_records(by, programme, side);
        if let Some(key) = self.roster.read_log_key(programme, side).filter(|key| in_office(key.by))
            && let Ok(row) = readings.seal(&place, first, key.name, &key.public)
        {
            return self.told_to(folder, Some(side), row).map(Some);
        }
        let Some(recovery) = self.roster.recovery() else { return Ok(None) };
        let name = ReadLogKeyName { folder: FolderId::NONE, epoch: recovery.epoch };
        self.told_to(folder, None, readings.seal(&place, first, name, &recovery.public)?).map(Some)
    }

    /// What others were told since those who open this were told last is no gap in what they were told.
    fn told_to(&self, folder: &FolderRow, side: Option<Side>, row: ReadLogRow) -> Result<SealedReadings, AppError> {
        let last = self.w.last_told(folder.id, side)?;
        let elsewhere = last.map_or(0, |last| row.first.saturating_sub(last).saturating_sub(1));
        Ok(SealedReadings { row: ReadLogRow { elsewhere, ..row }, side })
    }

    /// Own envelopes with readings that are older than they are kept go; under their numbers stands that they are gone, as
    /// with those of an erased case.
    pub(crate) fn forget_old_readings(&mut self) -> Result<bool, AppError> {
        let old = self.w.readings_taken_before(kept_since(self.w, self.now_ms)?)?;
        for (dseq, hash) in &old {
            self.replace_own(*dseq, &PurgeReceipt { cause: *hash, folders: Vec::new(), documents: Vec::new() })?;
            self.w.resolve(*dseq)?;
        }
        Ok(!old.is_empty())
    }

    /// Each administration answers for its own people's readings of what both share.
    fn answers_for_me(&self, folder: &FolderRow) -> Side {
        let roles = self.roster.roles(self.identity.member);
        folder.kind.side().unwrap_or_else(|| side_in(roles, folder.programme))
    }
}

fn side_in(roles: &[RoleGrant], programme: ProgrammeId) -> Side {
    let works_on = |side: Side| roles.iter().any(|grant| grant.programme == programme && grant.side == side);
    if !works_on(Side::Employment) && works_on(Side::Treatment) { Side::Treatment } else { Side::Employment }
}

/// A device that took another identity tells under its new name what the server has no receipt for.
pub(crate) fn tell_readings_anew(w: &Writer<'_>, device: DeviceId) -> Result<(), AppError> {
    w.forget_told_readings()?;
    let mut kept: Vec<(FolderId, Reading)> = Vec::new();
    for folder in w.folders_read()? {
        kept.extend(w.readings_of(folder)?.into_iter().map(|row| (folder, row.reading)));
    }
    w.count_readings_anew()?;
    kept.into_iter().try_for_each(|(folder, reading)| count(w, device, folder, reading))
}
