//! What of folders is counted, as it was told to the server.

use feltbog_domain::{DocumentId, FolderId, FolderKind};
use feltbog_protocol::Envelope;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt};

/// A batch of facts that was taken, or is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRow {
    /// Whether the server has it.
    pub is_taken: bool,
    /// The envelope.
    pub envelope: Envelope,
}

/// In the order of the log, own ones on their way last. What a restored log lost is not told any more, and what the server
/// refused never was.
const TOLD: &str = "
    SELECT e.tenant_seq IS NOT NULL OR coalesce(o.code IN ('ok', 'rotation_due'), 0), e.bytes FROM env e
    LEFT JOIN outbox o ON e.device = (SELECT value FROM meta WHERE key = 'device') AND o.dseq = e.dseq
    WHERE e.folder = ?1 AND e.kind = 9 AND e.status = 'applied'
      AND (e.tenant_seq IS NOT NULL OR (o.dseq IS NOT NULL AND (o.code IS NULL OR o.code IN ('ok', 'rotation_due'))))
    ORDER BY e.tenant_seq IS NULL, e.tenant_seq, e.dseq";

impl Reader<'_> {
    /// Every batch of facts of a folder, in the order in which they count.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn facts_told(&self, folder: FolderId) -> Result<Vec<ToldRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(TOLD)?;
        let rows = statement.query_map([folder.sql()], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| {
            let (is_taken, bytes) = row?;
            let envelope = Envelope::decode(bytes).map_err(|_| StoreError::Unreadable("a stored envelope"))?;
            Ok(ToldRow { is_taken, envelope })
        })
        .collect()
    }

    /// The next folders of which something changed that may be counted.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn facts_due_after(&self, after: FolderId, limit: u32) -> Result<Vec<FolderId>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT folder FROM facts_due WHERE folder > ?1 ORDER BY folder LIMIT ?2")?;
        let rows = statement.query_map((after.sql(), limit), |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entries of a folder that are here or were erased, those that are not counted among them.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn entries_ever_of(&self, folder: FolderId) -> Result<Vec<DocumentId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT document FROM entry WHERE folder = ?1 UNION SELECT document FROM erased_document WHERE folder = ?1",
        )?;
        let rows = statement.query_map([folder.sql()], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Something changed in a folder that may be counted.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_facts_due(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql.prepare_cached("INSERT OR IGNORE INTO facts_due (folder) VALUES (?1)")?.execute([folder.sql()])?;
        Ok(())
    }

    /// Something changed that may be counted in any folder: who is called what.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_all_facts_due(&self) -> Result<(), StoreError> {
        let mut statement =
            self.sql.prepare_cached("INSERT OR IGNORE INTO facts_due SELECT id FROM folder WHERE kind = ?1")?;
        for kind in FolderKind::ALL.into_iter().filter(|kind| kind.is_counted()) {
            statement.execute([kind.code()])?;
        }
        Ok(())
    }

    /// The server was told everything of a folder, or is told it now.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_facts_told(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM facts_due WHERE folder = ?1")?.execute([folder.sql()])?;
        Ok(())
    }
}
