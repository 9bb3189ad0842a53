//! Stored envelopes, own and foreign.

use feltbog_domain::{DeviceId, FolderId};
use feltbog_protocol::{Envelope, EnvelopeHash};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// What became of a stored row on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowStatus {
    /// Not looked at yet.
    Stored,
    /// Taken in.
    Applied,
    /// The folder's key or the signer's certificate is not here yet.
    WaitingKey,
    /// Cannot be taken in; kept and reported.
    Quarantined,
    /// Nothing to take in: an unknown kind, or a record that may not say what it says.
    Ignored,
}

impl RowStatus {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            RowStatus::Stored => "stored",
            RowStatus::Applied => "applied",
            RowStatus::WaitingKey => "waiting_key",
            RowStatus::Quarantined => "quarantined",
            RowStatus::Ignored => "ignored",
        }
    }
}

/// A row that waits to be taken in.
#[derive(Debug, Clone)]
pub struct StoredRow {
    /// Its place in the server's log.
    pub seq: u64,
    /// The envelope.
    pub envelope: Envelope,
    /// An own envelope whose content was purged here: coming back, it is taken in like another's.
    pub purged: bool,
}

/// Why an own row has no content here any more.
pub(crate) const PURGED: &str = "purged";

impl Writer<'_> {
    /// Stores a row. An own one that comes back learns its place and is looked at once more; one that had its place stays
    /// as it is.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn store_row(&self, seq: u64, envelope: &Envelope, status: RowStatus) -> Result<(), StoreError> {
        self.insert(Some(seq), envelope, status)
    }

    pub(crate) fn insert(&self, seq: Option<u64>, envelope: &Envelope, status: RowStatus) -> Result<(), StoreError> {
        let header = envelope.header();
        if let Some(seq) = seq {
            self.displace(seq, header.device, header.dseq)?;
        }
        self.sql
            .prepare_cached(
                "INSERT INTO env (device, dseq, tenant_seq, folder, kind, lineage, key_epoch, env_hash, bytes, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (device, dseq) DO UPDATE SET tenant_seq = excluded.tenant_seq, lost_seq = NULL,
                     -- Certificates that had their place and were admitted would be refused as known. One's own that has
                     -- its first place is looked at: only now it counts for everybody.
                     status = CASE WHEN env.kind = 7 AND env.status = 'applied' AND env.lost_seq IS NOT NULL
                              THEN 'applied' ELSE excluded.status END
                 WHERE tenant_seq IS NULL AND env_hash = excluded.env_hash",
            )?
            .execute((
                header.device.sql(),
                int(header.dseq),
                seq.map(int),
                header.folder.sql(),
                header.kind,
                header.lineage,
                header.key_epoch,
                envelope.hash().0,
                envelope.bytes(),
                status.word(),
            ))?;
        Ok(())
    }

    /// A place of the log holds one row, and a row has one place. Where the server now shows another one there, or tells an own
    /// one another place than before, its log was put back behind our back; what stood there is lost until somebody brings
    /// it back. Another's row is never moved: nothing of it was known before it came in its turn.
    fn displace(&self, seq: u64, device: DeviceId, dseq: u64) -> Result<(), StoreError> {
        let (mut others, mut own) = (
            self.sql.prepare_cached(
                "UPDATE env SET lost_seq = tenant_seq, tenant_seq = NULL, digest = NULL
                 WHERE tenant_seq = ?1 AND NOT (device = ?2 AND dseq = ?3) RETURNING folder, lost_seq",
            )?,
            self.sql.prepare_cached(
                "UPDATE env SET lost_seq = tenant_seq, tenant_seq = NULL, digest = NULL
                 WHERE device = ?2 AND dseq = ?3 AND tenant_seq != ?1
                   AND device = (SELECT value FROM meta WHERE key = 'device') RETURNING folder, lost_seq",
            )?,
        );
        for statement in [&mut others, &mut own] {
            let rows = statement.query_map((int(seq), device.sql(), int(dseq)), |row| Ok((row.id(0)?, row.get(1)?)))?;
            for (folder, place) in rows.collect::<Result<Vec<_>, _>>()? {
                self.recount_from(folder, uint(place))?;
            }
        }
        Ok(())
    }

    /// Remembers what became of a row.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_row_status(
        &self,
        device: DeviceId,
        dseq: u64,
        status: RowStatus,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE env SET status = ?3, reason = ?4 WHERE device = ?1 AND dseq = ?2")?
            .execute((device.sql(), int(dseq), status.word(), reason))?;
        Ok(())
    }

    /// Rows of a folder that waited for its key are looked at again.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_waiting(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE env SET status = 'stored' WHERE folder = ?1 AND status = 'waiting_key'")?
            .execute([folder.sql()])?;
        Ok(())
    }

    /// Rows of a restored log that were passed over for lack of a right, a key, or the folder itself are looked at again: a renewal
    /// of its key says too little to make one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_judged(&self, folder: FolderId, base: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored' WHERE folder = ?1 AND status = 'ignored' AND tenant_seq > ?2
                   AND (reason IN ('no_grant', 'unknown_epoch', 'folder_closed') OR (kind = 3 AND reason = 'bad_frame'))",
            )?
            .execute((folder.sql(), int(base)))?;
        Ok(())
    }

    /// All placed rows of a folder are looked at again: taking in is repeatable, and a newer version may read what an
    /// older one put aside.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn look_again(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE env SET status = 'stored' WHERE folder = ?1 AND tenant_seq IS NOT NULL")?
            .execute([folder.sql()])?;
        Ok(())
    }

    /// Rows whose signer was unknown are looked at again, now that there are new certificates.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_unknown_signers(&self) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored' WHERE status = 'waiting_key' AND reason = 'unknown_device'",
            )?
            .execute([])?;
        Ok(())
    }

    /// Rows that an older version passed over are looked at again: this one may know their kind, suite, codec or certificate.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_passed_over(&self) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored'
                 WHERE status = 'ignored' AND tenant_seq IS NOT NULL
                   -- An erasure of single entries names no folder that an older version would know of.
                   AND (reason IN ('kind', 'suite', 'certificate') OR (kind = 6 AND reason = 'bad_frame'))",
            )?
            .execute([])?;
        Ok(())
    }

    /// Rows that an older version could not take in are tried once more: this one may do better. One that ended the app so often
    /// that it was put aside has been under way `crashes` times already.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_put_aside(&self, crashed: &str, crashes: u32) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO applying (device, dseq, attempts)
                 SELECT device, dseq, ?2 FROM env
                 WHERE status = 'quarantined' AND reason = ?1 AND tenant_seq IS NOT NULL",
            )?
            .execute((crashed, crashes))?;
        for statement in [
            "DELETE FROM quarantine WHERE (device, dseq) IN
                 (SELECT device, dseq FROM env WHERE status = 'quarantined' AND tenant_seq IS NOT NULL)",
            "UPDATE env SET status = 'stored', reason = NULL WHERE status = 'quarantined' AND tenant_seq IS NOT NULL",
        ] {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }

    /// Notes down which envelopes are about to be taken in; [`Reader::interrupted`] finds them after a crash.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn mark_applying(&self, rows: &[StoredRow]) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO applying (device, dseq, attempts) VALUES (?1, ?2, 1)
             ON CONFLICT (device, dseq) DO UPDATE SET attempts = attempts + 1",
        )?;
        for row in rows {
            statement.execute((row.envelope.header().device.sql(), int(row.envelope.header().dseq)))?;
        }
        Ok(())
    }

    /// Takes the mark of one envelope away.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn clear_applying(&self, device: DeviceId, dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM applying WHERE device = ?1 AND dseq = ?2")?
            .execute((device.sql(), int(dseq)))?;
        Ok(())
    }

    /// Puts one document's changes of an envelope aside.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn quarantine(
        &self,
        device: DeviceId,
        dseq: u64,
        document: feltbog_domain::DocumentId,
        code: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO quarantine (device, dseq, document, code, first_seen_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((device.sql(), int(dseq), document.sql(), code, now_ms))?;
        Ok(())
    }
}

impl Reader<'_> {
    /// Whether the log holds the record that made a folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_founding_row(&self, folder: FolderId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM env WHERE folder = ?1 AND kind = 3 AND key_epoch = 1 AND tenant_seq IS NOT NULL)",
        )?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
    }

    /// Whether an envelope carries what people did, and not only what they read, what is counted or what the device no longer
    /// holds.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn is_peoples_own(&self, device: DeviceId, dseq: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM env WHERE device = ?1 AND dseq = ?2 AND kind NOT IN (8, 9))",
        )?;
        Ok(statement.query_row((device.sql(), int(dseq)), |row| row.get(0))?)
    }

    /// Rows that were not looked at, in order of their place: at most `limit`, and no more than about `bytes` together, so
    /// that a batch stays short whatever the envelopes hold. Rows of folders that are still being filled up wait, because
    /// a folder's rows only make sense in order.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn rows_to_apply(&self, limit: usize, bytes: usize) -> Result<Vec<StoredRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT tenant_seq, bytes, reason FROM env
             WHERE status = 'stored' AND tenant_seq IS NOT NULL
               AND folder NOT IN (SELECT folder FROM backfill WHERE part != 2 OR env.kind NOT IN (2, 3, 4, 5))
               AND (folder = zeroblob(16) OR NOT EXISTS (SELECT 1 FROM backfill WHERE folder = zeroblob(16)))
             ORDER BY tenant_seq LIMIT ?1",
        )?;
        let mut found: Vec<StoredRow> = Vec::new();
        let mut rows = statement.query([int(limit as u64)])?;
        let mut room = bytes;
        while let Some(row) = rows.next()? {
            let envelope = Envelope::decode(row.get(1)?).map_err(|_| StoreError::Unreadable("a stored envelope"))?;
            if !found.is_empty() && envelope.bytes().len() > room {
                break;
            }
            room = room.saturating_sub(envelope.bytes().len());
            let purged = row.get::<_, Option<String>>(2)?.is_some_and(|reason| reason == PURGED);
            found.push(StoredRow { seq: uint(row.get(0)?), envelope, purged });
        }
        Ok(found)
    }

    /// Envelopes that were being taken in when the app ended, and how often that happened.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn interrupted(&self) -> Result<Vec<(DeviceId, u64, u32)>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT device, dseq, attempts FROM applying ORDER BY device, dseq")?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, uint(row.get(1)?), row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The bytes of one envelope of a device.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn own_envelope(&self, device: DeviceId, dseq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT bytes FROM env WHERE device = ?1 AND dseq = ?2")?;
        Ok(statement.query_row((device.sql(), int(dseq)), |row| row.get(0)).optional()?)
    }

    /// Where in the log an envelope stands, if it does and is this one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn place_of(&self, device: DeviceId, dseq: u64, hash: EnvelopeHash) -> Result<Option<u64>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT tenant_seq FROM env WHERE device = ?1 AND dseq = ?2 AND env_hash = ?3 AND tenant_seq IS NOT NULL",
        )?;
        Ok(statement.query_row((device.sql(), int(dseq), hash.0), |row| row.get(0)).optional()?.map(uint))
    }

    /// Content of a folder that has its place in the log and was taken in, in order.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn placed_content(&self, folder: FolderId) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT bytes FROM env WHERE folder = ?1 AND kind = 1 AND tenant_seq IS NOT NULL AND status = 'applied'
             ORDER BY tenant_seq",
        )?;
        let rows = statement.query_map([folder.sql()], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| Envelope::decode(bytes?).map_err(|_| StoreError::Unreadable("a stored envelope"))).collect()
    }

    /// Records of a folder's key in one epoch that were taken in, the folder's own first.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn key_records(&self, folder: FolderId, epoch: u32) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT bytes FROM env WHERE folder = ?1 AND kind = 3 AND key_epoch = ?2 AND status = 'applied'
             ORDER BY tenant_seq",
        )?;
        let rows = statement.query_map((folder.sql(), epoch), |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| Envelope::decode(bytes?).map_err(|_| StoreError::Unreadable("a stored envelope"))).collect()
    }

    /// Grants of a folder that stand after a place of the log, taken in or not.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn grants_after(&self, folder: FolderId, seq: u64) -> Result<Vec<Envelope>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT bytes FROM env WHERE folder = ?1 AND kind = 4 AND tenant_seq > ?2")?;
        let rows = statement.query_map((folder.sql(), int(seq)), |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| Envelope::decode(bytes?).map_err(|_| StoreError::Unreadable("a stored envelope"))).collect()
    }

    /// How many rows are put aside.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn quarantined(&self) -> Result<u32, StoreError> {
        Ok(self.sql.query_row("SELECT count(*) FROM env WHERE status = 'quarantined'", [], |row| row.get(0))?)
    }

    /// The newest row of each device, as far as this one has seen: its place in the log.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn last_row_of(&self, device: DeviceId) -> Result<Option<u64>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT max(tenant_seq) FROM env WHERE device = ?1")?;
        let seq: Option<i64> = statement.query_row([device.sql()], |row| row.get(0)).optional()?.flatten();
        Ok(seq.map(uint))
    }

    /// Identity of a stored envelope.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn envelope_hash(&self, device: DeviceId, dseq: u64) -> Result<Option<EnvelopeHash>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT env_hash FROM env WHERE device = ?1 AND dseq = ?2")?;
        Ok(statement
            .query_row((device.sql(), int(dseq)), |row| row.get::<_, [u8; 32]>(0))
            .optional()?
            .map(EnvelopeHash))
    }
}
