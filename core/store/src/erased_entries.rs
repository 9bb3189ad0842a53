//! Single documents that were erased from folders that stay: what is never taken in again, and the envelopes that held it.

use feltbog_domain::{DeviceId, DocumentId, FolderId, MemberId};
use feltbog_protocol::{Envelope, ErasedEntries, ErasedPart};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// Where somebody else's words stood that an envelope says anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Who had said it.
    pub member: MemberId,
    /// In which row of the log.
    pub place: u64,
}

/// What of one document is neither readable nor an envelope.
const TRACES_OF_ONE: &[&str] = &[
    "DELETE FROM hint WHERE document = ?1",
    "DELETE FROM quarantine WHERE document = ?1",
    "DELETE FROM handed_in WHERE document = ?1",
];

/// Own envelopes with something of an erased document whose bytes may go: the server erased them, or it did not take them and
/// their content went another way.
const OWN_TO_REPLACE: &str = "
    SELECT e.dseq FROM env e JOIN outbox o ON o.dseq = e.dseq
    WHERE e.folder = ?1 AND e.device = (SELECT value FROM meta WHERE key = 'device') AND o.code IS NOT NULL
      AND (e.env_hash IN (SELECT env_hash FROM hollow WHERE folder = ?1)
           OR (e.kind = 2 AND o.knows_erasures_to < ?2)
           OR (o.resolved = 1 AND o.code NOT IN ('ok', 'rotation_due')
               AND o.dseq IN (SELECT d.dseq FROM outbox_document d JOIN erased_document x ON x.document = d.document)))
    ORDER BY e.dseq";

impl Reader<'_> {
    /// Whether a document was erased.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn is_erased_document(&self, document: DocumentId) -> Result<bool, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM erased_document WHERE document = ?1)")?;
        Ok(statement.query_row([document.sql()], |row| row.get(0))?)
    }

    /// Whether anything was erased from a folder that stays.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_lost_entries(&self, folder: FolderId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM hollow WHERE folder = ?1)")?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
    }

    /// Whether an envelope was erased.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn is_hollow(&self, envelope: &Envelope) -> Result<bool, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM hollow WHERE device = ?1 AND dseq = ?2 AND env_hash = ?3)")?;
        let header = envelope.header();
        Ok(statement.query_row((header.device.sql(), int(header.dseq), envelope.hash().0), |row| row.get(0))?)
    }

    /// Who had said, and where, what an envelope says anew.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn origin_of(&self, device: DeviceId, dseq: u64) -> Result<Option<Origin>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT member, place FROM remainder WHERE device = ?1 AND dseq = ?2")?;
        let found = statement
            .query_row((device.sql(), int(dseq)), |row| Ok(Origin { member: row.id(0)?, place: uint(row.get(1)?) }));
        Ok(found.optional()?)
    }

    /// What people wrote in a folder, what was handed in of it and what of it is counted, wherever it has its place in the log.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn written_in(&self, folder: FolderId) -> Result<Vec<(u64, Envelope)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT tenant_seq, bytes FROM env WHERE folder = ?1 AND kind IN (1, 9, 11) AND tenant_seq IS NOT NULL
             ORDER BY tenant_seq",
        )?;
        let rows = statement.query_map([folder.sql()], |row| Ok((uint(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| {
            let (seq, bytes) = row?;
            Ok((seq, Envelope::decode(bytes).map_err(|_| StoreError::Unreadable("a stored envelope"))?))
        })
        .collect()
    }

    /// Whether a deposit still waits in the tray.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn waits_in_tray(&self, device: DeviceId, dseq: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM tray WHERE device = ?1 AND dseq = ?2 AND taken_ms IS NULL)",
        )?;
        Ok(statement.query_row((device.sql(), int(dseq)), |row| row.get(0))?)
    }

    /// Own numbers under which something of what was erased from a folder lies. Outlines of the folder go as well, unless
    /// they were made knowing of the erasure in row `confirmed_seq`.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn own_of_erased(&self, folder: FolderId, confirmed_seq: u64) -> Result<Vec<u64>, StoreError> {
        let mut statement = self.sql.prepare_cached(OWN_TO_REPLACE)?;
        let rows = statement.query_map((folder.sql(), int(confirmed_seq)), |row| Ok(uint(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether anything of erased documents is still here: a text, or an own sealed envelope.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn holds_erased_entries(&self, entries: &ErasedEntries) -> Result<bool, StoreError> {
        let mut of_document = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1) OR EXISTS (SELECT 1 FROM pending WHERE document = ?1)
                 OR EXISTS (SELECT 1 FROM hint WHERE document = ?1)
                 OR EXISTS (SELECT 1 FROM outbox_document d JOIN env e ON e.dseq = d.dseq
                            WHERE d.document = ?1 AND e.device = (SELECT value FROM meta WHERE key = 'device'))",
        )?;
        for document in &entries.documents {
            if of_document.query_row([document.0.sql()], |row| row.get(0))? {
                return Ok(true);
            }
        }
        let mut of_part = self
            .sql
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM env WHERE device = ?1 AND dseq = ?2 AND env_hash = ?3)")?;
        for part in &entries.parts {
            if of_part.query_row((part.device.sql(), int(part.dseq), part.hash), |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What is pushed next was sealed knowing every erasure up to this row.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn outbox_knows_erasures_to(&self) -> Result<u64, StoreError> {
        let known: Option<i64> =
            self.sql.query_row("SELECT min(knows_erasures_to) FROM outbox WHERE code IS NULL", [], |row| row.get(0))?;
        Ok(known.map_or(0, uint))
    }

    /// The newest row up to which every erasure is taken in.
    pub(crate) fn erasures_known_to(&self) -> Result<u64, StoreError> {
        let open: Option<i64> = self.sql.query_row(
            "SELECT min(tenant_seq) FROM env WHERE kind = 6 AND status IN ('stored', 'waiting_key')",
            [],
            |row| row.get(0),
        )?;
        let cursor = self.progress()?.cursor;
        Ok(open.map_or(cursor, |seq| uint(seq).saturating_sub(1).min(cursor)))
    }
}

impl Writer<'_> {
    /// Takes single documents off this device, for ever. What else stood in the same envelopes stays as it is; own sealed
    /// envelopes stay until [`Writer::replace_own`]. Returns whether there was anything.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn erase_entries(&self, entries: &ErasedEntries) -> Result<bool, StoreError> {
        let held = self.holds_erased_entries(entries)?;
        for document in entries.documents.iter().map(|document| document.0) {
            for statement in TRACES_OF_ONE {
                self.sql.prepare_cached(statement)?.execute([document.sql()])?;
            }
            self.forget_document(document)?;
            self.sql
                .prepare_cached("INSERT OR IGNORE INTO erased_document (document, folder) VALUES (?1, ?2)")?
                .execute((document.sql(), entries.folder.sql()))?;
        }
        entries.parts.iter().try_for_each(|part| self.hollow_out(entries.folder, part))?;
        // Outlines tell of it as well, and the next one shall not wait until as much has come again.
        self.sql
            .prepare_cached(
                "DELETE FROM env WHERE folder = ?1 AND kind = 2 AND device != (SELECT value FROM meta WHERE key = 'device')",
            )?
            .execute([entries.folder.sql()])?;
        self.sql.prepare_cached("UPDATE folder SET bundled_seq = 0 WHERE id = ?1")?.execute([entries.folder.sql()])?;
        self.doubt_history(entries.folder)?;
        Ok(held)
    }

    /// An envelope keeps its place and loses what it said.
    fn hollow_out(&self, folder: FolderId, part: &ErasedPart) -> Result<(), StoreError> {
        let of = (part.device.sql(), int(part.dseq));
        let (digest, placed): (Option<Vec<u8>>, bool) = self
            .sql
            .prepare_cached("SELECT digest, tenant_seq IS NOT NULL FROM env WHERE device = ?1 AND dseq = ?2")?
            .query_row(of, |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .unwrap_or((None, true));
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO hollow (device, dseq, folder, env_hash, kind, tenant_seq, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((of.0, of.1, folder.sql(), part.hash, part.kind, placed.then_some(int(part.seq)), digest))?;
        self.sql
            .prepare_cached("UPDATE folder SET stale_from = min(coalesce(stale_from, ?2), ?2) WHERE id = ?1")?
            .execute((folder.sql(), int(part.seq)))?;
        self.sql
            .prepare_cached(
                "DELETE FROM env WHERE device = ?1 AND dseq = ?2 AND env_hash = ?3
                   AND device != (SELECT value FROM meta WHERE key = 'device')",
            )?
            .execute((of.0, of.1, part.hash))?;
        Ok(())
    }

    /// Rows that came before this device heard of the erasure were compared without what was erased; they are compared again.
    fn doubt_history(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored' WHERE tenant_seq IS NOT NULL AND (device, dseq) IN
                     (SELECT device, dseq FROM finding WHERE folder = ?1 AND code = 'history_differs')",
            )?
            .execute([folder.sql()])?;
        self.sql
            .prepare_cached("DELETE FROM finding WHERE folder = ?1 AND code = 'history_differs'")?
            .execute([folder.sql()])?;
        Ok(())
    }

    /// An envelope says anew what somebody else had said; it is looked at once more, as theirs.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_remainder(
        &self,
        device: DeviceId,
        dseq: u64,
        folder: FolderId,
        origin: Origin,
    ) -> Result<(), StoreError> {
        let new = self
            .sql
            .prepare_cached(
                "INSERT OR IGNORE INTO remainder (device, dseq, folder, member, place) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((device.sql(), int(dseq), folder.sql(), origin.member.sql(), int(origin.place)))?;
        if new > 0 {
            self.sql
                .prepare_cached(
                    "UPDATE env SET status = 'stored' WHERE tenant_seq IS NOT NULL AND device = ?1 AND dseq = ?2",
                )?
                .execute((device.sql(), int(dseq)))?;
            self.look_again_at_actors(folder)?;
        }
        Ok(())
    }

    /// A member wrote nothing in a document in this row after all.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_author(&self, document: DocumentId, member: MemberId, place: u64) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM author WHERE document = ?1 AND member = ?2 AND place = ?3")?.execute((
            document.sql(),
            member.sql(),
            int(place),
        ))?;
        Ok(())
    }

    /// Nothing of an erased document stands under an own number any more.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_carried(&self, dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "DELETE FROM outbox_document WHERE dseq = ?1 AND document IN (SELECT document FROM erased_document)",
            )?
            .execute([int(dseq)])?;
        Ok(())
    }
}
