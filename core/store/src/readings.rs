//! What was read on this device, on its way to the records officers.

use std::collections::HashSet;

use feltbog_domain::{FolderId, Reading, Side};
use feltbog_protocol::EnvelopeHash;
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// Readings of a folder that were not sealed after this many are sealed with the next exchange, however young.
const MANY: i64 = 200;

/// One reading with its place in the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// Its number, counted in the folder from 1.
    pub counter: u64,
    /// What was read.
    pub reading: Reading,
    /// The running hash before it.
    pub before: [u8; 32],
}

/// The records officers of a side; nothing for whoever holds the recovery key.
fn whose(side: Option<Side>) -> u8 {
    side.map_or(0, Side::code)
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

    /// The last reading of a folder, while no envelope tells of it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn last_untold_reading(&self, folder: FolderId) -> Result<Option<ReadingRow>, StoreError> {
        let last = "folder = ?1 AND sealed_dseq IS NULL
            AND counter = (SELECT c.counter FROM reading_chain c WHERE c.folder = ?1)";
        Ok(self.readings(last, folder, 1)?.pop())
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
            Ok(ReadingRow { counter: uint(row.get(0)?), reading: row.reading(1)?, before: row.get(5)? })
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

    /// Folders whose citizens have stood in a list here on a day.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn listed_on(&self, day: &str) -> Result<HashSet<FolderId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT folder FROM reading_chain WHERE listed_on = ?1")?;
        let rows = statement.query_map([day], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of the last reading of a folder that was told to the records officers of a side, or to the holders of the
    /// recovery key.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn last_told(&self, folder: FolderId, side: Option<Side>) -> Result<Option<u64>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT last FROM reading_told WHERE folder = ?1 AND whose = ?2")?;
        let last = statement.query_row((folder.sql(), whose(side)), |row| row.get(0)).optional()?;
        Ok(last.map(uint))
    }

    /// Own envelopes with readings that the server took before a moment.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn readings_taken_before(&self, before_ms: i64) -> Result<Vec<(u64, EnvelopeHash)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT o.dseq, e.env_hash FROM outbox o
             JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
             WHERE o.receipt_ms < ?1 AND o.code IN ('ok', 'rotation_due')
               -- Another form of the kind says that something is gone; it belongs to no folder.
               AND e.kind = 8 AND e.folder != zeroblob(16) ORDER BY o.dseq",
        )?;
        let rows = statement.query_map([before_ms], |row| Ok((uint(row.get(0)?), EnvelopeHash(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Remembers a reading, in the place of one with the same number; `after` is the running hash with it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_reading(&self, folder: FolderId, row: &ReadingRow, after: &[u8; 32]) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO reading (folder, counter, at_ms, action, document, words, before)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                folder.sql(),
                int(row.counter),
                row.reading.at_ms,
                row.reading.action,
                row.reading.document.as_ref().map(AsSql::sql),
                &row.reading.words,
                row.before,
            ))?;
        self.sql
            .prepare_cached(
                "INSERT INTO reading_chain (folder, counter, chain) VALUES (?1, ?2, ?3)
                 ON CONFLICT (folder) DO UPDATE SET counter = excluded.counter, chain = excluded.chain",
            )?
            .execute((folder.sql(), int(row.counter), after))?;
        Ok(())
    }

    /// A folder's citizen stands in a list on this day, and it is counted as a reading.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_listed_on(&self, folder: FolderId, day: &str) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE reading_chain SET listed_on = ?2 WHERE folder = ?1")?
            .execute((folder.sql(), day))?;
        Ok(())
    }

    /// The readings of a folder up to this number are told by an own envelope, to the records officers of a side or to the
    /// holders of the recovery key.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn readings_sealed(
        &self,
        folder: FolderId,
        last: u64,
        side: Option<Side>,
        dseq: u64,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE reading SET sealed_dseq = ?3 WHERE folder = ?1 AND counter <= ?2 AND sealed_dseq IS NULL",
            )?
            .execute((folder.sql(), int(last), int(dseq)))?;
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO reading_told (folder, whose, last) VALUES (?1, ?2, ?3)")?
            .execute((folder.sql(), whose(side), int(last)))?;
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

    /// Counts anew in every folder: a device that took another identity tells under its new name.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn count_readings_anew(&self) -> Result<(), StoreError> {
        for statement in ["DELETE FROM reading", "DELETE FROM reading_chain", "DELETE FROM reading_told"] {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }
}
