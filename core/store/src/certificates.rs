//! Rows that say who is who.

use feltbog_protocol::Envelope;

use crate::envelopes::RowStatus;
use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, int, uint};

impl Reader<'_> {
    /// Certificate rows that were not passed over, with their places and in order of them; own ones that were not sent yet
    /// come last, at [`u64::MAX`]. Those that come again after a restore of the server count all the time: without them
    /// nothing else could be checked.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn certificate_rows(&self) -> Result<Vec<(u64, Envelope)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT coalesce(tenant_seq, lost_seq), bytes FROM env WHERE folder = zeroblob(16) AND kind = 7
               -- What waits to be taken in counts from then on: only that puts into effect what it orders.
               AND status != 'stored'
               AND (status != 'ignored' OR device = (SELECT value FROM meta WHERE key = 'device'))
               -- What the server refused for good was overtaken by somebody else's.
               AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.dseq = env.dseq AND outbox.resolved != 2
                   AND outbox.code NOT IN ('ok', 'rotation_due')
                   AND env.device = (SELECT value FROM meta WHERE key = 'device'))
             ORDER BY coalesce(tenant_seq, lost_seq) IS NULL, coalesce(tenant_seq, lost_seq), dseq",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| {
            let (place, bytes) = row?;
            let envelope = Envelope::decode(bytes).map_err(|_| StoreError::Unreadable("a stored envelope"))?;
            Ok((place.map_or(u64::MAX, uint), envelope))
        })
        .collect()
    }

    /// Whether own certificates are here that stand behind a place of the log, or have none yet.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_own_certificates_after(&self, seq: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM env
               WHERE folder = zeroblob(16) AND (tenant_seq IS NULL OR tenant_seq > ?1) AND kind = 7
                 AND device = (SELECT value FROM meta WHERE key = 'device'))",
        )?;
        Ok(statement.query_row([int(seq)], |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Stores a certificate that the server shows outside of the log's order, as the reason for not serving this device. The
    /// server may speak of another log than this device knows, one that was put back meanwhile: a place up to the cursor, or
    /// one that is taken, is kept as a place the row had once, so that nothing is pushed off. Returns whether it is still to
    /// be looked at.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn store_shown(&self, seq: u64, envelope: &Envelope) -> Result<bool, StoreError> {
        let header = envelope.header();
        if self.progress()?.cursor < seq && self.is_free(seq)? {
            self.insert(Some(seq), envelope, RowStatus::Stored)?;
            return Ok(false);
        }
        let values = (header.device.sql(), int(header.dseq), envelope.hash().0);
        self.sql
            .prepare_cached(
                "INSERT INTO env (device, dseq, lost_seq, folder, kind, lineage, key_epoch, env_hash, bytes, status)
                 VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?3, ?9, ?10) ON CONFLICT (device, dseq) DO NOTHING",
            )?
            .execute((
                values.0,
                values.1,
                values.2,
                int(seq),
                header.folder.sql(),
                header.kind,
                header.lineage,
                header.key_epoch,
                envelope.bytes(),
                RowStatus::Stored.word(),
            ))?;
        let mut waits = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM env WHERE device = ?1 AND dseq = ?2 AND env_hash = ?3
                AND tenant_seq IS NULL AND status = 'stored')",
        )?;
        Ok(waits.query_row(values, |row| row.get(0))?)
    }

    fn is_free(&self, seq: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM env WHERE tenant_seq = ?1)")?;
        Ok(statement.query_row([int(seq)], |row| row.get(0))?)
    }
}
