//! What the server refused, and what became of it.

use feltbog_domain::{DocumentId, FolderId};
use feltbog_protocol::{Envelope, RefusalCode};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, int, uint};

/// Own content the server has not taken.
#[derive(Debug, Clone)]
pub struct Untaken {
    /// The envelope.
    pub envelope: Envelope,
    /// The documents it carries, with when their oldest change was saved.
    pub documents: Vec<(DocumentId, i64)>,
}

/// A refused own envelope that something has to be done about.
#[derive(Debug, Clone)]
pub struct Unresolved {
    /// Why it was refused.
    pub code: RefusalCode,
    /// The envelope.
    pub envelope: Envelope,
    /// The documents it carries, with when their oldest change was saved.
    pub documents: Vec<(DocumentId, i64)>,
    /// Whether it waits for another exchange.
    pub later: bool,
}

/// An own envelope the server refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Its number.
    pub dseq: u64,
    /// Why.
    pub code: RefusalCode,
    /// The first document in it, if it carries any.
    pub document: Option<DocumentId>,
}

impl Writer<'_> {
    /// The content of a refused envelope went another way.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn resolve(&self, dseq: u64) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE outbox SET resolved = 1 WHERE dseq = ?1")?.execute([int(dseq)])?;
        Ok(())
    }

    /// One document of a refused envelope found another way; the envelope is looked after when all of them have.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn resolve_document(&self, dseq: u64, document: DocumentId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM outbox_document WHERE dseq = ?1 AND document = ?2")?
            .execute((int(dseq), document.sql()))?;
        self.sql
            .prepare_cached(
                "UPDATE outbox SET resolved = 1 WHERE dseq = ?1
                     AND NOT EXISTS (SELECT 1 FROM outbox_document WHERE dseq = ?1)",
            )?
            .execute([int(dseq)])?;
        Ok(())
    }

    /// A refused envelope shall be sealed once more in the next exchange: the server may know better by then. What is
    /// looked after already stays so.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn try_again_later(&self, dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE outbox SET resolved = 2 WHERE dseq = ?1 AND resolved = 0")?
            .execute([int(dseq)])?;
        Ok(())
    }
}

impl Reader<'_> {
    /// Refused envelopes whose content has found no other way yet, in order.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn unresolved(&self) -> Result<Vec<Unresolved>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT o.dseq, o.code, o.resolved, e.bytes FROM outbox o
             CROSS JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
             WHERE o.resolved != 1 AND o.code IS NOT NULL AND o.code NOT IN ('ok', 'rotation_due') ORDER BY o.dseq",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let word: String = row.get(1)?;
            found.push(Unresolved {
                code: RefusalCode::from_word(&word).unwrap_or(RefusalCode::Unknown(u8::MAX)),
                envelope: Envelope::decode(row.get(3)?).map_err(|_| StoreError::Unreadable("a stored envelope"))?,
                documents: self.carried(uint(row.get(0)?))?,
                later: row.get::<_, u8>(2)? == 2,
            });
        }
        Ok(found)
    }

    /// Whether content was refused for its key, and the folder has a newer one by now.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn was_refused_under_an_older_key(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox o
                 JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
                 JOIN folder f ON f.id = e.folder
                 WHERE o.resolved = 0 AND o.code = 'unknown_epoch' AND e.kind = 1 AND e.key_epoch < f.key_epoch)",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Own content of a folder that the server has not taken: undisposed or refused, and not gone another way.
    ///
    /// # Errors
    /// When a stored envelope cannot be read.
    pub fn untaken(&self, folder: FolderId) -> Result<Vec<Untaken>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT o.dseq, e.bytes FROM outbox o
             JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
             WHERE e.folder = ?1 AND e.kind = 1 AND o.resolved != 1
               AND (o.code NOT IN ('ok', 'rotation_due') OR (o.code IS NULL AND o.receipt IS NULL)) ORDER BY o.dseq",
        )?;
        let mut rows = statement.query([folder.sql()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let envelope = Envelope::decode(row.get(1)?).map_err(|_| StoreError::Unreadable("a stored envelope"))?;
            found.push(Untaken { envelope, documents: self.carried(uint(row.get(0)?))? });
        }
        Ok(found)
    }

    /// Own envelopes the server refused, newest first. Not those that only tell what is counted: that is read from the documents again.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn refused(&self) -> Result<Vec<RefusedRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT dseq, code, (SELECT document FROM outbox_document od WHERE od.dseq = o.dseq LIMIT 1)
             FROM outbox o WHERE resolved != 1 AND code IS NOT NULL AND code NOT IN ('ok', 'rotation_due')
               AND NOT EXISTS (SELECT 1 FROM env e WHERE e.dseq = o.dseq AND e.kind = 9
                               AND e.device = (SELECT value FROM meta WHERE key = 'device'))
             ORDER BY dseq DESC",
        )?;
        let rows = statement.query_map([], |row| {
            let word: String = row.get(1)?;
            let document: Option<[u8; 16]> = row.get(2)?;
            Ok(RefusedRow {
                dseq: uint(row.get(0)?),
                code: RefusalCode::from_word(&word).unwrap_or(RefusalCode::Unknown(u8::MAX)),
                document: document.map(DocumentId::from),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
