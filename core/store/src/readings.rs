//! What was read on this device, on its way to the records officers.

use feltbog_domain::{DocumentId, FolderId};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// Readings of a folder that were not sealed after this many are sealed with the next exchange, however young.
const MANY: i64 = 200;

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// Its number, counted in the folder from 1.
    pub counter: u64,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// Code of a [`feltbog_domain::ReadAction`].
    pub action: u8,
    /// The entry, where it was one.
    pub document: Option<DocumentId>,
    /// What was searched for.
    pub words: Option<String>,
    /// The running hash before it.
    pub before: [u8; 32],
}

impl Reader<'_> {
    /// How many readings of a folder this device has counted, and the running hash over them.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn reading_chain(&self, folder: FolderId) -> Result<Option<(u64, [u8; 32])>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT counter, chain FROM reading_chain WHERE folder = ?1")?;
        Ok(statement.query_row([folder.sql()], |row| Ok((uint(row.get(0)?), row.get(1)?))).optional()?)
    }

    /// Folders with readings from before a moment that were not sealed, or with many.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_with_readings(&self, before_ms: i64) -> Result<Vec<FolderId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder FROM reading WHERE sealed_dseq IS NULL GROUP BY folder
             HAVING min(at_ms) <= ?1 OR count(*) > ?2 ORDER BY folder",
        )?;
        let rows = statement.query_map((before_ms, MANY), |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The oldest readings of a folder that were not sealed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn readings_to_seal(&self, folder: FolderId, limit: u64) -> Result<Vec<ReadingRow>, StoreError> {
        self.readings("folder = ?1 AND sealed_dseq IS NULL", folder, limit)
    }

    /// All readings of a folder that are still here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn readings_of(&self, folder: FolderId) -> Result<Vec<ReadingRow>, StoreError> {
        self.readings("folder = ?1", folder, u64::MAX)
    }

    fn readings(&self, which: &str, folder: FolderId, limit: u64) -> Result<Vec<ReadingRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT counter, at_ms, action, document, words, before FROM reading WHERE {which} ORDER BY counter LIMIT ?2"
        ))?;
        let rows = statement.query_map((folder.sql(), int(limit)), |row| {
            Ok(ReadingRow {
                counter: uint(row.get(0)?),
                at_ms: row.get(1)?,
                action: row.get(2)?,
                document: row.get::<_, Option<[u8; 16]>>(3)?.map(DocumentId::from),
                words: row.get(4)?,
                before: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Folders of which readings are here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_read(&self) -> Result<Vec<FolderId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT DISTINCT folder FROM reading ORDER BY folder")?;
        let rows = statement.query_map([], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Remembers a reading; `after` is the running hash with it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_reading(&self, folder: FolderId, row: &ReadingRow, after: &[u8; 32]) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO reading (folder, counter, at_ms, action, document, words, before)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                folder.sql(),
                int(row.counter),
                row.at_ms,
                row.action,
                row.document.as_ref().map(AsSql::sql),
                &row.words,
                row.before,
            ))?;
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO reading_chain (folder, counter, chain) VALUES (?1, ?2, ?3)")?
            .execute((folder.sql(), int(row.counter), after))?;
        Ok(())
    }

    /// The readings of a folder up to this number are told by an own envelope.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn readings_sealed(&self, folder: FolderId, last: u64, dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE reading SET sealed_dseq = ?3 WHERE folder = ?1 AND counter <= ?2 AND sealed_dseq IS NULL",
            )?
            .execute((folder.sql(), int(last), int(dseq)))?;
        Ok(())
    }

    /// What an own envelope told is told by another one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn readings_sealed_again(&self, old: u64, dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE reading SET sealed_dseq = ?2 WHERE sealed_dseq = ?1")?
            .execute((int(old), int(dseq)))?;
        Ok(())
    }

    /// Forgets readings the server has a receipt for, or will never take.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_told_readings(&self) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "DELETE FROM reading WHERE sealed_dseq IS NOT NULL AND sealed_dseq IN
                     (SELECT dseq FROM outbox WHERE resolved = 1
                         OR (receipt IS NOT NULL AND code IN ('ok', 'rotation_due')))",
            )?
            .execute([])?;
        Ok(())
    }

    /// Forgets how far a folder's count is, with every reading of it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_readings(&self, folder: FolderId) -> Result<(), StoreError> {
        for statement in ["DELETE FROM reading WHERE folder = ?1", "DELETE FROM reading_chain WHERE folder = ?1"] {
            self.sql.prepare_cached(statement)?.execute([folder.sql()])?;
        }
        Ok(())
    }

    /// Counts anew in every folder: a device that took another identity tells under its new name.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn count_readings_anew(&self) -> Result<(), StoreError> {
        for statement in ["DELETE FROM reading", "DELETE FROM reading_chain"] {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }
}
