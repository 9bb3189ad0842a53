//! Readings leave the device: sealed for the records officers of the reader's side, one envelope for each folder.

use feltbog_domain::{FolderId, ProgrammeId, Side};
use feltbog_protocol::{EnvelopeKind, ReadLogKeyName, ReadLogRow, limits};
use feltbog_sealing::{ReadChain, Reading, Readings, ReadingsPlace};
use feltbog_store::{FolderRow, ReadingRow, Writer};

use crate::error::AppError;
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

impl Sealer<'_> {
    /// Seals what is due, folder by folder.
    pub(crate) fn seal_readings(&mut self, tells: TellsReadings) -> Result<(), AppError> {
        self.w.forget_told_readings()?;
        let before_ms = match tells {
            TellsReadings::WhenDue => self.now_ms.saturating_sub(WAITS_MS),
            TellsReadings::Now => i64::MAX,
        };
        for id in self.w.folders_with_readings(before_ms)? {
            if let Some(folder) = self.w.folder(id)? {
                self.seal_readings_of(&folder)?;
            }
        }
        Ok(())
    }

    /// Seals all readings of a folder. Those of one that the server has not heard of wait for its first key record, and after a
    /// restore for whoever brings that back.
    pub(crate) fn seal_readings_of(&mut self, folder: &FolderRow) -> Result<(), AppError> {
        if !folder.announced || self.waits_for_the_log(folder.id)? {
            return Ok(());
        }
        loop {
            let rows = self.w.readings_to_seal(folder.id, limits::READS_PER_ENVELOPE)?;
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
            let (first, last, before) = (first.counter, last.counter, ReadChain(first.before));
            let readings = Readings { before, readings: rows.into_iter().map(reading_of).collect() };
            let Some(row) = self.sealed_readings(folder, first, &readings)? else { return Ok(()) };
            self.enqueue_clear(EnvelopeKind::ReadLog, Some(folder.id), 0, &feltbog_protocol::encode(&row))?;
            self.w.readings_sealed(folder.id, last, self.progress.last_dseq)?;
        }
    }

    /// For the records officers where there are any, else for whoever puts two recovery shares together. A key of theirs that
    /// is no key, by mistake or on purpose, stops nobody's exchange.
    fn sealed_readings(
        &self,
        folder: &FolderRow,
        first: u64,
        readings: &Readings,
    ) -> Result<Option<ReadLogRow>, AppError> {
        let identity = self.identity;
        let place = ReadingsPlace { tenant: identity.tenant, folder: folder.id, device: identity.device };
        let side = self.answers_for_me(folder);
        if let Some(key) = self.roster.read_log_key(folder.programme, side)
            && let Ok(row) = readings.seal(&place, first, key.name, &key.public)
        {
            return Ok(Some(row));
        }
        let Some(recovery) = self.roster.recovery() else { return Ok(None) };
        let name = ReadLogKeyName { folder: FolderId::NONE, epoch: recovery.epoch };
        Ok(Some(readings.seal(&place, first, name, &recovery.public)?))
    }

    /// Each administration answers for its own people's readings of what both share.
    fn answers_for_me(&self, folder: &FolderRow) -> Side {
        let roles = self.roster.roles(self.identity.member);
        folder.kind.side().unwrap_or_else(|| side_in(roles, folder.programme))
    }
}

fn side_in(roles: &[feltbog_domain::RoleGrant], programme: ProgrammeId) -> Side {
    let works_on = |side: Side| roles.iter().any(|grant| grant.programme == programme && grant.side == side);
    if !works_on(Side::Employment) && works_on(Side::Treatment) { Side::Treatment } else { Side::Employment }
}

/// A device that took another identity tells under its new name what the server has no receipt for.
pub(crate) fn tell_readings_anew(w: &Writer<'_>, device: feltbog_domain::DeviceId) -> Result<(), AppError> {
    w.forget_told_readings()?;
    let mut kept: Vec<(FolderId, Reading)> = Vec::new();
    for folder in w.folders_read()? {
        kept.extend(w.readings_of(folder)?.into_iter().map(|row| (folder, reading_of(row))));
    }
    w.count_readings_anew()?;
    kept.into_iter().try_for_each(|(folder, reading)| count(w, device, folder, reading))
}

fn reading_of(row: ReadingRow) -> Reading {
    Reading { at_ms: row.at_ms, action: row.action, document: row.document, words: row.words }
}
