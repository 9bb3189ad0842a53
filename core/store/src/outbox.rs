//! Own envelopes on their way.

use feltbog_domain::{DeviceId, DocumentId, DocumentKind, FolderId};
use feltbog_protocol::{Envelope, EnvelopeHash, RefusalCode};

use rusqlite::{OptionalExtension, Row};

use crate::envelopes::RowStatus;
use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// An envelope that was sealed just now.
#[derive(Debug, Clone)]
pub struct SealedRow {
    /// The signed envelope; its bytes never change again.
    pub envelope: Envelope,
    /// The documents it carries, with when their oldest change was saved.
    pub documents: Vec<(DocumentId, i64)>,
}

/// An envelope that waits for its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its number.
    pub dseq: u64,
    /// Its identity.
    pub hash: EnvelopeHash,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Whether an envelope of this kind stands in the chain of its author's envelopes in a folder: bundles, readings and deposits
/// are not for everybody, and a chain with links that some never see would look broken.
pub(crate) const fn is_chained(kind: u8) -> bool {
    matches!(kind, 1 | 3 | 4 | 5)
}

/// How many documents have something without a receipt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnsentCount {
    /// All of them.
    pub documents: u32,
    /// Those that are entries one can read here.
    pub entries: u32,
    /// When the oldest unsent change was saved, milliseconds since 1970.
    pub oldest_ms: Option<i64>,
}

/// What of one folder's entries has no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnsentOfFolder {
    /// The folder.
    pub folder: FolderId,
    /// How many entries.
    pub entries: u32,
    /// When the oldest unsent change was saved, milliseconds since 1970.
    pub oldest_ms: i64,
}

/// Saved only, sealed only, or refused. The envelopes are gone through, and of what they carried only what is open: the other
/// way about reads everything that was ever sent.
const WITHOUT_RECEIPT: &str = "
    SELECT document, saved_ms FROM pending INDEXED BY pending_by_document
    UNION ALL
    SELECT od.document, od.saved_ms FROM outbox o CROSS JOIN outbox_document od ON od.dseq = o.dseq
    WHERE o.resolved != 1 AND (o.receipt IS NULL OR o.code NOT IN ('ok', 'rotation_due'))";

impl Writer<'_> {
    /// Puts a sealed envelope into log and outbox. The caller has taken its number from the progress in this same
    /// transaction.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn enqueue(&self, sealed: &SealedRow, now_ms: i64) -> Result<(), StoreError> {
        let header = sealed.envelope.header();
        let hash = sealed.envelope.hash();
        self.insert(None, &sealed.envelope, RowStatus::Applied)?;
        self.sql
            .prepare_cached(
                "INSERT INTO outbox (dseq, env_hash, sealed_ms, knows_erasures_to) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((int(header.dseq), hash.0, now_ms, int(self.erasures_known_to()?)))?;
        let mut carries = self
            .sql
            .prepare_cached("INSERT OR IGNORE INTO outbox_document (dseq, document, saved_ms) VALUES (?1, ?2, ?3)")?;
        for (document, saved_ms) in &sealed.documents {
            carries.execute((int(header.dseq), document.sql(), saved_ms))?;
        }
        if is_chained(header.kind) {
            self.sql
                .prepare_cached("UPDATE folder SET prev_hash = ?2 WHERE id = ?1")?
                .execute((header.folder.sql(), hash.0))?;
        }
        Ok(())
    }

    /// The next envelope in a folder follows the newest own one that the server did not refuse: others never see the
    /// refused ones, and would miss a link.
    fn relink(&self, dseq: u64) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder FROM env WHERE device = (SELECT value FROM meta WHERE key = 'device') AND dseq = ?1",
        )?;
        let folder: Option<FolderId> = statement.query_row([int(dseq)], |row| row.id(0)).optional()?;
        folder.map_or(Ok(()), |folder| self.relink_folder(folder))
    }

    /// Finds the own envelope in a folder that the next one follows, from what is stored.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn relink_folder(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE folder SET prev_hash = coalesce(
                     (SELECT env_hash FROM (
                          SELECT e.dseq, e.env_hash FROM env e INDEXED BY env_by_folder CROSS JOIN outbox o ON o.dseq = e.dseq
                          WHERE e.device = (SELECT value FROM meta WHERE key = 'device') AND e.folder = folder.id
                            AND e.kind IN (1, 3, 4, 5) AND (o.code IS NULL OR o.code IN ('ok', 'rotation_due'))
                          UNION ALL
                          SELECT dseq, env_hash FROM hollow
                          WHERE device = (SELECT value FROM meta WHERE key = 'device') AND folder = folder.id AND kind = 1)
                      ORDER BY dseq DESC LIMIT 1), zeroblob(32))
                 WHERE id = ?1",
            )?
            .execute([folder.sql()])?;
        Ok(())
    }

    /// Gives up the numbers of a device whose database was an older copy: its envelopes without a place in the log are
    /// no longer anybody's, and what it sent is known from the log. The caller has taken up what was not sent.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn give_up_outbox(&self, device: DeviceId) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM env WHERE device = ?1 AND tenant_seq IS NULL")?.execute([device.sql()])?;
        for statement in ["DELETE FROM outbox_document", "DELETE FROM outbox", "DELETE FROM key_proposal"] {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }

    pub(crate) fn dispose(
        &self,
        dseq: u64,
        code: RefusalCode,
        seq: Option<u64>,
        receipt: Option<&[u8]>,
        epoch: &[u8; 16],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE outbox SET code = ?2, seq = ?3, receipt = ?4, receipt_ms = coalesce(receipt_ms, ?5),
                     receipt_epoch = ?6, receipt_code = ?2,
                     -- What was erased goes under its number as another envelope, and the new receipt is for that one.
                     env_hash = coalesce((SELECT e.env_hash FROM env e WHERE e.dseq = outbox.dseq
                         AND e.device = (SELECT value FROM meta WHERE key = 'device')), env_hash) WHERE dseq = ?1",
            )?
            .execute((int(dseq), code.word(), seq.map(int), receipt, receipt.map(|_| now_ms), epoch))?;
        let was_proposed = self.settle_proposal(dseq, code.is_accepted())?;
        if code.is_accepted() {
            return Ok(());
        }
        if was_proposed {
            // Nobody waits for this key: nothing was sealed under it, and another is put forward if one is still owed.
            self.resolve(dseq)?;
        }
        self.relink(dseq)
    }
}

impl Reader<'_> {
    /// Own envelopes the server has not spoken about, in order.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn unsent_envelopes(&self) -> Result<Vec<Envelope>, StoreError> {
        self.outbox()?
            .into_iter()
            .map(|row| Envelope::decode(row.bytes).map_err(|_| StoreError::Unreadable("a stored envelope")))
            .collect()
    }

    pub(crate) fn carried(&self, dseq: u64) -> Result<Vec<(DocumentId, i64)>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT document, saved_ms FROM outbox_document WHERE dseq = ?1 ORDER BY document")?;
        let rows = statement.query_map([int(dseq)], |row| Ok((row.id(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether one own envelope has a receipt.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_receipt(&self, dseq: u64) -> Result<bool, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE dseq = ?1 AND receipt IS NOT NULL)")?;
        Ok(statement.query_row([int(dseq)], |row| row.get(0))?)
    }

    /// Whether an own envelope waits for its result.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_outbox(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE code IS NULL)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Whether an own envelope that is more than a help for new devices waits for its result.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_outbox_besides_bundles(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox o
                 CROSS JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
                 WHERE o.code IS NULL AND e.kind != 2)",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The highest own number whose receipt is stored.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn last_receipted(&self) -> Result<u64, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT max(dseq) FROM outbox WHERE receipt IS NOT NULL")?;
        let last: Option<i64> = statement.query_row([], |row| row.get(0))?;
        Ok(last.map_or(0, uint))
    }

    /// Envelopes without a result, in order.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn outbox(&self) -> Result<Vec<OutboxRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT o.dseq, o.env_hash, e.bytes FROM outbox o
             JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
             WHERE o.code IS NULL ORDER BY o.dseq",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(OutboxRow { dseq: uint(row.get(0)?), hash: EnvelopeHash(row.get(1)?), bytes: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many documents have anything without a signed receipt: saved only, sealed only, or refused. Some kinds are left out.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn unsent_count(&self, without: &[DocumentKind]) -> Result<UnsentCount, StoreError> {
        let marks = vec!["?"; without.len()].join(", ");
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT count(*), count(entry), min(saved_ms) FROM (
                 SELECT min(open.saved_ms) AS saved_ms, (SELECT 1 FROM entry WHERE document = open.document) AS entry
                 FROM ({WITHOUT_RECEIPT}) open
                 WHERE open.document IN (SELECT id FROM document INDEXED BY document_by_folder WHERE kind NOT IN ({marks})) GROUP BY open.document
             )"
        ))?;
        let count =
            |row: &Row<'_>| Ok(UnsentCount { documents: row.get(0)?, entries: row.get(1)?, oldest_ms: row.get(2)? });
        let without = without.iter().map(|kind| kind.code());
        Ok(statement.query_row(rusqlite::params_from_iter(without), count)?)
    }

    /// The first of the entries among them, oldest first: document, and when its oldest unsent change was saved.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn unsent_entries(&self, first: u32) -> Result<Vec<(DocumentId, i64)>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT open.document, min(open.saved_ms) FROM ({WITHOUT_RECEIPT}) open
             WHERE EXISTS (SELECT 1 FROM entry WHERE document = open.document)
             GROUP BY open.document ORDER BY 2, 1 LIMIT ?1"
        ))?;
        let rows = statement.query_map([first], |row| Ok((row.id(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the oldest unsent change of a document that is here was saved; nothing where everything has a receipt.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn unsent_since(&self, document: DocumentId) -> Result<Option<i64>, StoreError> {
        if self.has_document(document)? { self.without_receipt_since(document) } else { Ok(None) }
    }

    /// The same of a document that may have been taken off this device.
    fn without_receipt_since(&self, document: DocumentId) -> Result<Option<i64>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT min(saved_ms) FROM (
                 SELECT saved_ms FROM pending WHERE document = ?1
                 UNION ALL
                 SELECT od.saved_ms FROM outbox_document od CROSS JOIN outbox o ON o.dseq = od.dseq
                 WHERE od.document = ?1 AND o.resolved != 1 AND (o.receipt IS NULL OR o.code NOT IN ('ok', 'rotation_due'))
             )",
        )?;
        Ok(statement.query_row([document.sql()], |row| row.get(0))?)
    }

    /// What of each folder's entries has no receipt. An envelope is of the folder its documents are of: to ask the entries for
    /// theirs would read each of them.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn unsent_by_folder(&self) -> Result<Vec<UnsentOfFolder>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, count(DISTINCT document), min(saved_ms) FROM (
                 SELECT folder, document, saved_ms FROM pending
                 UNION ALL
                 SELECT e.folder, od.document, od.saved_ms FROM outbox o
                 CROSS JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
                 CROSS JOIN outbox_document od ON od.dseq = o.dseq
                 WHERE o.resolved != 1 AND (o.receipt IS NULL OR o.code NOT IN ('ok', 'rotation_due'))
             ) open WHERE EXISTS (SELECT 1 FROM entry WHERE document = open.document) GROUP BY folder",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(UnsentOfFolder { folder: row.id(0)?, entries: row.get(1)?, oldest_ms: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether everything of a document has a signed receipt.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn is_sent(&self, document: DocumentId) -> Result<bool, StoreError> {
        Ok(self.without_receipt_since(document)?.is_none())
    }

    /// How many documents got a receipt since a moment.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn sent_since(&self, ms: i64) -> Result<u32, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(DISTINCT od.document) FROM outbox o CROSS JOIN outbox_document od ON od.dseq = o.dseq
             CROSS JOIN document d ON d.id = od.document WHERE o.receipt_ms >= ?1 AND d.kind = 3",
        )?;
        Ok(statement.query_row([ms], |row| row.get(0))?)
    }

    /// Folders with changes that are not sealed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_with_pending(&self) -> Result<Vec<FolderId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT folder FROM pending GROUP BY folder ORDER BY min(id)")?;
        let rows = statement.query_map([], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
