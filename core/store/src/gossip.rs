//! Whether everybody is shown the same history.
//!
//! Each change set carries, sealed, a digest of the folder's rows as its author had them, and in clear the hash of its
//! author's previous envelope in the folder. A server that leaves a row out for some, or shows two histories, has to
//! break one of the two.

use feltbog_domain::{DeviceId, FolderId};
use feltbog_protocol::{Envelope, EnvelopeHash};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use crate::open::{Reader, StoreError, Writer};
use crate::outbox::is_chained;
use crate::rows::{AsSql, RowExt, int, uint};

/// What an author said he had seen of a folder when he sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The author's device.
    pub device: DeviceId,
    /// The number of the envelope that says so.
    pub dseq: u64,
    /// The folder.
    pub folder: FolderId,
    /// Up to this row.
    pub base_seq: u64,
    /// The digest of those rows.
    pub seen: [u8; 16],
}

/// A sign that histories differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whose envelope told.
    pub device: DeviceId,
    /// In which folder.
    pub folder: FolderId,
    /// `history_differs`, `missing_link` or `read_log_gap`.
    pub code: String,
}

const DIFFERS: &str = "history_differs";
const MISSING_LINK: &str = "missing_link";

/// The digest of a folder's rows up to and with this one.
fn extend(digest: [u8; 16], seq: u64, hash: &[u8; 32]) -> [u8; 16] {
    let whole: [u8; 32] =
        Sha256::new().chain_update(digest).chain_update(seq.to_be_bytes()).chain_update(hash).finalize().into();
    let mut short = [0; 16];
    short.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
    short
}

impl Writer<'_> {
    /// Takes a row of a folder into the folder's digest and looks at its link. A row that comes after a higher one, or after
    /// one whose body was erased before this device could see it, is noted down for [`Writer::settle_history`].
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn witness(&self, seq: u64, envelope: &Envelope) -> Result<(), StoreError> {
        let header = envelope.header();
        if !is_chained(header.kind) {
            return Ok(());
        }
        let Some(folder) = self.folder(header.folder)? else { return Ok(()) };
        if self.digest_at(folder.id, seq)?.is_some() {
            return Ok(());
        }
        if seq <= folder.seen_seq || self.is_stale(folder.id)? || self.passes_hollow(folder.id, folder.seen_seq, seq)? {
            return self.recount_from(folder.id, seq);
        }
        let digest = extend(folder.seen_digest, seq, &envelope.hash().0);
        self.set_digest(seq, &digest)?;
        self.set_seen(folder.id, seq, &digest)?;
        self.check_link(header.device, header.dseq, folder.id, header.prev)
    }

    /// The digests of a folder from this place on say nothing any more, until [`Writer::settle_history`] has made them anew.
    pub(crate) fn recount_from(&self, folder: FolderId, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE folder SET stale_from = min(coalesce(stale_from, ?2), ?2) WHERE id = ?1")?
            .execute((folder.sql(), int(seq)))?;
        Ok(())
    }

    fn set_digest(&self, seq: u64, digest: &[u8; 16]) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE env SET digest = ?2 WHERE tenant_seq = ?1")?.execute((int(seq), digest))?;
        self.sql.prepare_cached("UPDATE hollow SET digest = ?2 WHERE tenant_seq = ?1")?.execute((int(seq), digest))?;
        Ok(())
    }

    fn check_link(&self, device: DeviceId, dseq: u64, folder: FolderId, prev: EnvelopeHash) -> Result<(), StoreError> {
        // By the folder: by the device, everything it ever made would be gone through for each row.
        let mut statement = self.sql.prepare_cached(
            "SELECT env_hash FROM (
                 SELECT dseq, env_hash FROM env INDEXED BY env_by_folder
                 WHERE device = ?1 AND dseq < ?2 AND folder = ?3 AND kind IN (1, 3, 4, 5) AND tenant_seq IS NOT NULL
                 UNION ALL
                 SELECT dseq, env_hash FROM hollow WHERE device = ?1 AND dseq < ?2 AND folder = ?3 AND kind = 1)
             ORDER BY dseq DESC LIMIT 1",
        )?;
        let before: Option<[u8; 32]> =
            statement.query_row((device.sql(), int(dseq), folder.sql()), |row| row.get(0)).optional()?;
        if before.unwrap_or_default() == prev.0 { Ok(()) } else { self.find(device, dseq, folder, MISSING_LINK) }
    }

    fn find(&self, device: DeviceId, dseq: u64, folder: FolderId, code: &str) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO finding (device, dseq, folder, code) VALUES (?1, ?2, ?3, ?4)")?
            .execute((device.sql(), int(dseq), folder.sql(), code))?;
        Ok(())
    }

    /// Compares what an author said with what is here, now or when the folder is whole.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn compare(&self, claim: &Claim) -> Result<(), StoreError> {
        // Places beyond the base of a restored log are not those the author meant.
        if claim.base_seq == 0 || self.restored_at()?.is_some_and(|base| claim.base_seq > base) {
            return Ok(());
        }
        let Some(folder) = self.folder(claim.folder)? else { return Ok(()) };
        if self.is_stale(folder.id)? || folder.seen_seq < claim.base_seq {
            self.sql
                .prepare_cached(
                    "INSERT OR REPLACE INTO claim (device, dseq, folder, base_seq, seen) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((claim.device.sql(), int(claim.dseq), claim.folder.sql(), int(claim.base_seq), claim.seen))?;
            return Ok(());
        }
        if self.digest_at(claim.folder, claim.base_seq)? == Some(claim.seen) {
            return Ok(());
        }
        self.find(claim.device, claim.dseq, claim.folder, DIFFERS)
    }

    /// Once nothing is left to take in: digests of folders whose rows came out of order are computed again, their links
    /// and the open claims looked at.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_history(&self) -> Result<(), StoreError> {
        for folder in self.stale_folders()? {
            self.recount(folder)?;
            self.recheck_links(folder)?;
        }
        for claim in self.comparable_claims()? {
            self.sql
                .prepare_cached("DELETE FROM claim WHERE device = ?1 AND dseq = ?2")?
                .execute((claim.device.sql(), int(claim.dseq)))?;
            self.compare(&claim)?;
        }
        Ok(())
    }

    fn recount(&self, folder: FolderId) -> Result<(), StoreError> {
        let (mut seen, mut digest) = (0, [0; 16]);
        for (seq, hash) in self.chained_rows(folder)? {
            digest = extend(digest, seq, &hash);
            seen = seq;
            self.set_digest(seq, &digest)?;
        }
        self.set_seen(folder, seen, &digest)?;
        self.sql.prepare_cached("UPDATE folder SET stale_from = NULL WHERE id = ?1")?.execute([folder.sql()])?;
        Ok(())
    }

    fn recheck_links(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM finding WHERE folder = ?1 AND code = ?2")?
            .execute((folder.sql(), MISSING_LINK))?;
        let mut statement = self.sql.prepare_cached(
            "SELECT device, dseq, bytes FROM env WHERE folder = ?1 AND tenant_seq IS NOT NULL AND kind IN (1, 3, 4, 5)",
        )?;
        let mut rows = statement.query([folder.sql()])?;
        while let Some(row) = rows.next()? {
            let envelope = Envelope::decode(row.get(2)?).map_err(|_| StoreError::Unreadable("a stored envelope"))?;
            self.check_link(row.id(0)?, uint(row.get(1)?), folder, envelope.header().prev)?;
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The digest of a folder's rows up to one of them, if it is known.
    fn digest_at(&self, folder: FolderId, seq: u64) -> Result<Option<[u8; 16]>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT digest FROM env WHERE tenant_seq = ?2 AND folder = ?1
             UNION ALL SELECT digest FROM hollow WHERE tenant_seq = ?2 AND folder = ?1",
        )?;
        Ok(statement.query_row((folder.sql(), int(seq)), |row| row.get(0)).optional()?.flatten())
    }

    fn is_stale(&self, folder: FolderId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT stale_from IS NOT NULL OR EXISTS (SELECT 1 FROM backfill WHERE folder = ?1) FROM folder WHERE id = ?1",
        )?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// Whether envelopes without bodies stand between two rows of a folder.
    fn passes_hollow(&self, folder: FolderId, after: u64, until: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM hollow WHERE folder = ?1 AND tenant_seq > ?2 AND tenant_seq < ?3)",
        )?;
        Ok(statement.query_row((folder.sql(), int(after), int(until)), |row| row.get(0))?)
    }

    fn stale_folders(&self) -> Result<Vec<FolderId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id FROM folder WHERE stale_from IS NOT NULL AND id NOT IN (SELECT folder FROM backfill)",
        )?;
        let rows = statement.query_map([], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn chained_rows(&self, folder: FolderId) -> Result<Vec<(u64, [u8; 32])>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT tenant_seq, env_hash FROM env
             WHERE folder = ?1 AND tenant_seq IS NOT NULL AND kind IN (1, 3, 4, 5) AND status != 'stored'
             UNION ALL SELECT tenant_seq, env_hash FROM hollow WHERE folder = ?1 AND tenant_seq IS NOT NULL AND kind = 1
             ORDER BY tenant_seq",
        )?;
        let rows = statement.query_map([folder.sql()], |row| Ok((uint(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn comparable_claims(&self) -> Result<Vec<Claim>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT c.device, c.dseq, c.folder, c.base_seq, c.seen FROM claim c JOIN folder f ON f.id = c.folder
             WHERE f.stale_from IS NULL AND f.seen_seq >= c.base_seq AND f.id NOT IN (SELECT folder FROM backfill)",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Claim {
                device: row.id(0)?,
                dseq: uint(row.get(1)?),
                folder: row.id(2)?,
                base_seq: uint(row.get(3)?),
                seen: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Signs that the server shows its devices different histories.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn findings(&self) -> Result<Vec<Finding>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT device, folder, code, dseq FROM finding
             UNION SELECT device, folder, 'read_log_gap', 0 FROM read_log_gap ORDER BY device, dseq, code",
        )?;
        let rows =
            statement.query_map([], |row| Ok(Finding { device: row.id(0)?, folder: row.id(1)?, code: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
