//! Documents as automerge saved them, and changes that wait to be sealed.

use feltbog_domain::{DocumentId, DocumentKind, FolderId, MemberId};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int};

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The document.
    pub id: DocumentId,
    /// Where it lies.
    pub folder: FolderId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its saved bytes.
    pub saved: Vec<u8>,
}

/// A change that waits to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    /// Its place in the queue.
    pub id: i64,
    /// The document.
    pub document: DocumentId,
    /// Code of the document's kind.
    pub kind: u8,
    /// Raw bytes.
    pub change: Vec<u8>,
    /// When it was saved, milliseconds since 1970.
    pub saved_ms: i64,
}

impl Reader<'_> {
    /// A document.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT folder, kind, saved FROM document WHERE id = ?1")?;
        let found: Option<(FolderId, u8, Vec<u8>)> =
            statement.query_row([id.sql()], |row| Ok((row.id(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((folder, kind, saved)) = found else { return Ok(None) };
        let kind = DocumentKind::from_code(kind).ok_or(StoreError::Unreadable("a document's kind"))?;
        Ok(Some(DocumentRow { id, folder, kind, saved }))
    }

    /// Whether a document is here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_document(&self, id: DocumentId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1)")?;
        Ok(statement.query_row([id.sql()], |row| row.get(0))?)
    }

    /// Every document of a kind.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn documents_of(&self, kind: DocumentKind) -> Result<Vec<DocumentId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT id FROM document WHERE kind = ?1 ORDER BY id")?;
        let rows = statement.query_map([kind.code()], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The next entries after one, by their ids.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn entry_documents_after(&self, after: DocumentId, limit: u32) -> Result<Vec<DocumentId>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT id FROM document WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3")?;
        let rows = statement.query_map((DocumentKind::Entry.code(), after.sql(), limit), |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Unsealed changes of a folder, oldest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn pending(&self, folder: FolderId) -> Result<Vec<PendingChange>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT id, document, kind, change, saved_ms FROM pending WHERE folder = ?1 ORDER BY id")?;
        let rows = statement.query_map([folder.sql()], |row| {
            Ok(PendingChange {
                id: row.get(0)?,
                document: row.id(1)?,
                kind: row.get(2)?,
                change: row.get(3)?,
                saved_ms: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who wrote in a document, first writer first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn authors(&self, document: DocumentId) -> Result<Vec<MemberId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT member FROM author WHERE document = ?1 ORDER BY place")?;
        let rows = statement.query_map([document.sql()], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Stores a document's newest state.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_document(&self, document: &DocumentRow) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO document (id, folder, kind, saved) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET saved = ?4",
            )?
            .execute((document.id.sql(), document.folder.sql(), document.kind.code(), &document.saved))?;
        Ok(())
    }

    /// Queues a change for sealing.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn add_pending(
        &self,
        folder: FolderId,
        document: DocumentId,
        kind: DocumentKind,
        change: &[u8],
        saved_ms: i64,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO pending (folder, document, kind, change, saved_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((folder.sql(), document.sql(), kind.code(), change, saved_ms))?;
        Ok(())
    }

    /// Takes sealed changes out of the queue.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn remove_pending(&self, ids: &[i64]) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare_cached("DELETE FROM pending WHERE id = ?1")?;
        for id in ids {
            statement.execute([id])?;
        }
        Ok(())
    }

    /// An own envelope has its place in the log now, and with it its writer's turn among the authors.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn place_author(&self, dseq: u64, member: MemberId, place: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE author SET place = min(place, ?3)
                 WHERE member = ?2 AND document IN (SELECT document FROM outbox_document WHERE dseq = ?1)",
            )?
            .execute((int(dseq), member.sql(), int(place)))?;
        Ok(())
    }

    /// Remembers that a member wrote in a document.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn add_author(&self, document: DocumentId, member: MemberId, place: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO author (document, place, member) VALUES (?1, ?2, ?3)
                 ON CONFLICT (document, member) DO UPDATE SET place = min(place, excluded.place)",
            )?
            .execute((document.sql(), int(place), member.sql()))?;
        Ok(())
    }
}
