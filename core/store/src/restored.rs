//! When the server's log was put back to an older state: what is fetched again, sent again, and missed.

use feltbog_domain::{DeviceId, FolderId};
use feltbog_protocol::{DisposedEnvelope, Envelope, Receipt, ReceiptProof, RefusalCode, limits};

use crate::envelopes::StoredRow;
use crate::identity::Progress;
use crate::open::{Reader, Store, StoreError, Writer};
use crate::rows::{AsSql as _, int, uint};

/// Where the server's log stands now, as seen from a device that was further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewind {
    /// The log's epoch.
    pub epoch: [u8; 16],
    /// Rows beyond this place are not in the log any more, or stand elsewhere.
    pub base_seq: u64,
    /// The server knows this device's envelopes up to this number.
    pub last_dseq: u64,
}

/// The lowest place at which a restored log ever began anew, in meta; absent while the log was never restored.
const RESTORED_AT: &str = "restored_at";

impl Store {
    /// Goes back to where the server's log stands: rows beyond it lose their place, own envelopes the server forgot are
    /// sent again, byte for byte and with their receipts. Nothing is forgotten here.
    ///
    /// # Errors
    /// When SQLite refuses; then nothing has changed.
    pub fn rewind(&mut self, to: &Rewind) -> Result<(), StoreError> {
        self.write(|w| {
            let progress = w.progress()?;
            if progress.epoch != to.epoch {
                w.begin_epoch(to)?;
                let (cursor, head) = (progress.cursor.min(to.base_seq), to.base_seq);
                w.set_progress(&Progress { epoch: to.epoch, cursor, head, ..progress })?;
            }
            w.send_again_after(to.last_dseq)
        })
    }
}

impl Writer<'_> {
    fn begin_epoch(&self, to: &Rewind) -> Result<(), StoreError> {
        let base = int(to.base_seq);
        if to.base_seq > 0 || self.progress()?.cursor > 0 {
            let from = self.restored_at()?.unwrap_or(to.base_seq).min(to.base_seq);
            self.note_restored_at(from)?;
        }
        for statement in [
            "INSERT OR IGNORE INTO facts_due SELECT DISTINCT folder FROM env WHERE kind = 9 AND tenant_seq > ?1",
            "UPDATE env SET lost_seq = tenant_seq, tenant_seq = NULL, digest = NULL WHERE tenant_seq > ?1",
            "UPDATE hollow SET tenant_seq = NULL, digest = NULL WHERE tenant_seq > ?1",
            "UPDATE outbox SET knows_erasures_to = min(knows_erasures_to, ?1)",
            "UPDATE outbox SET seq = NULL WHERE seq > ?1",
            "UPDATE backfill SET until_seq = min(until_seq, ?1)",
            "UPDATE folder SET seen_seq = coalesce((SELECT max(seq) FROM (
                 SELECT tenant_seq AS seq FROM env WHERE env.folder = folder.id AND digest IS NOT NULL
                 UNION ALL SELECT tenant_seq FROM hollow WHERE hollow.folder = folder.id AND digest IS NOT NULL)), 0)
             WHERE seen_seq > ?1",
            "DELETE FROM claim WHERE base_seq > ?1",
            "DELETE FROM log_point WHERE seq > ?1",
        ] {
            self.sql.prepare_cached(statement)?.execute([base])?;
        }
        for statement in [
            "DELETE FROM backfill WHERE after_seq >= until_seq AND part != 1",
            // A mark on a row that may never come back would keep the device careful for ever.
            "DELETE FROM applying WHERE EXISTS (SELECT 1 FROM env WHERE env.device = applying.device
                 AND env.dseq = applying.dseq AND env.tenant_seq IS NULL)",
            // Own rows that had come back were in force before they did, and are again while they are on their way.
            "UPDATE env SET status = 'applied' WHERE status = 'stored' AND tenant_seq IS NULL
                 AND device = (SELECT value FROM meta WHERE key = 'device')",
            "UPDATE folder SET seen_digest = coalesce((SELECT digest FROM env WHERE tenant_seq = folder.seen_seq),
                 (SELECT digest FROM hollow WHERE tenant_seq = folder.seen_seq), zeroblob(16))",
        ] {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }

    /// The server says beyond which place its log may be out of order.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_restored_at(&self, base_seq: u64) -> Result<(), StoreError> {
        if self.restored_at()? == Some(base_seq) {
            return Ok(());
        }
        self.set_meta(RESTORED_AT, &int(base_seq).to_be_bytes())
    }

    fn send_again_after(&self, last_dseq: u64) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE outbox SET code = NULL WHERE dseq > ?1")?.execute([int(last_dseq)])?;
        Ok(())
    }
}

impl Reader<'_> {
    /// The lowest place at which a restored log ever began anew; `None` while it never was restored.
    ///
    /// # Errors
    /// When the stored value cannot be read.
    pub fn restored_at(&self) -> Result<Option<u64>, StoreError> {
        let Some(bytes) = self.meta(RESTORED_AT)? else { return Ok(None) };
        let bytes: [u8; 8] = bytes.try_into().map_err(|_| StoreError::Unreadable(RESTORED_AT))?;
        Ok(Some(uint(i64::from_be_bytes(bytes))))
    }

    /// Others' records of a folder's keys after the first that stood in the log before it was restored and stand in it no
    /// more, by key. This device's own come back by themselves.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn lost_key_records(&self, folder: FolderId) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT bytes FROM env
             WHERE folder = ?1 AND kind = 3 AND key_epoch > 1 AND lost_seq IS NOT NULL AND tenant_seq IS NULL
               AND status = 'applied' AND device != (SELECT value FROM meta WHERE key = 'device')
             ORDER BY key_epoch, lost_seq",
        )?;
        let rows = statement.query_map([folder.sql()], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| envelope(bytes?)).collect()
    }

    /// Records of a key that stand in the log, or are this device's own and on their way, or were tried after a number.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn key_records_back(&self, folder: FolderId, epoch: u32, since: u64) -> Result<Vec<Envelope>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT e.bytes FROM env e
             LEFT JOIN outbox o ON e.device = (SELECT value FROM meta WHERE key = 'device') AND o.dseq = e.dseq
             WHERE e.folder = ?1 AND e.kind = 3 AND e.key_epoch = ?2
               AND (e.tenant_seq IS NOT NULL OR o.dseq > ?3
                    OR (o.dseq IS NOT NULL AND (o.code IS NULL OR o.code IN ('ok', 'rotation_due'))))",
        )?;
        let rows = statement.query_map((folder.sql(), epoch, int(since)), |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|bytes| envelope(bytes?)).collect()
    }

    /// Whether a record of this device's about a key of a folder waits for the server's word.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_key_on_its_way(&self, folder: FolderId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM env e JOIN outbox o ON o.dseq = e.dseq
                            WHERE e.device = (SELECT value FROM meta WHERE key = 'device')
                              AND e.folder = ?1 AND e.kind = 3 AND o.code IS NULL)",
        )?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
    }

    /// The receipts that speak for envelopes which are to be sent again.
    ///
    /// # Errors
    /// When a stored receipt cannot be read.
    pub fn proofs(&self) -> Result<Vec<ReceiptProof>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT receipt, receipt_epoch FROM outbox
             WHERE code IS NULL AND receipt IS NOT NULL AND receipt_epoch IS NOT NULL
             GROUP BY receipt ORDER BY min(dseq) LIMIT ?1",
        )?;
        let rows = statement.query_map([int(limits::PROOFS as u64)], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, [u8; 16]>(1)?))
        })?;
        let mut proofs = Vec::new();
        for row in rows {
            let (bytes, epoch) = row?;
            let receipt: Receipt =
                feltbog_protocol::decode(&bytes).map_err(|_| StoreError::Unreadable("a stored receipt"))?;
            let disposed = self.disposed(&receipt)?;
            proofs.push(ReceiptProof { epoch, receipt, disposed });
        }
        Ok(proofs)
    }

    fn disposed(&self, receipt: &Receipt) -> Result<Vec<DisposedEnvelope>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT env_hash, receipt_code FROM outbox WHERE dseq BETWEEN ?1 AND ?2 ORDER BY dseq")?;
        let rows = statement.query_map((int(receipt.first), int(receipt.last)), |row| {
            let word: Option<String> = row.get(1)?;
            let code = word.as_deref().and_then(RefusalCode::from_word).unwrap_or(RefusalCode::Unknown(u8::MAX));
            Ok(DisposedEnvelope { hash: row.get(0)?, code })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Others' envelopes that stood in the log before it was restored and that nobody has brought back, oldest first.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn missed(&self, own: DeviceId) -> Result<Vec<StoredRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT lost_seq, bytes FROM env WHERE lost_seq IS NOT NULL AND tenant_seq IS NULL AND device != ?1
             ORDER BY lost_seq",
        )?;
        let rows = statement.query_map([own.as_bytes()], |row| Ok((uint(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| {
            let (seq, bytes) = row?;
            Ok(StoredRow { seq, envelope: envelope(bytes)?, purged: false })
        })
        .collect()
    }
}

fn envelope(bytes: Vec<u8>) -> Result<Envelope, StoreError> {
    Envelope::decode(bytes).map_err(|_| StoreError::Unreadable("a stored envelope"))
}
