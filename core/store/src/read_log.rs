//! On a records officer's device: who read what, and whether anything is missing.

use std::collections::BTreeMap;

use feltbog_domain::{DeviceId, DocumentId, FolderId};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// One reading on some device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLogEntry {
    /// The device.
    pub device: DeviceId,
    /// When, milliseconds since 1970, by that device's clock.
    pub at_ms: i64,
    /// Code of a [`feltbog_domain::ReadAction`].
    pub action: u8,
    /// The entry, where it was one.
    pub document: Option<DocumentId>,
    /// What was searched for.
    pub words: Option<String>,
}

/// Readings of one folder on one device that came in one envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLogBatch {
    /// The folder.
    pub folder: FolderId,
    /// The device.
    pub device: DeviceId,
    /// The number of the first.
    pub first: u64,
    /// The running hash before the first.
    pub before: [u8; 32],
    /// The running hash after the last.
    pub after: [u8; 32],
    /// In order.
    pub entries: Vec<ReadLogEntry>,
}

impl Reader<'_> {
    /// Who read in a folder, as far as this device was told.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn read_log(&self, folder: FolderId) -> Result<Vec<ReadLogEntry>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT device, at_ms, action, document, words FROM read_log WHERE folder = ?1 ORDER BY at_ms, device, counter",
        )?;
        let rows = statement.query_map([folder.sql()], |row| {
            Ok(ReadLogEntry {
                device: row.id(0)?,
                at_ms: row.get(1)?,
                action: row.get(2)?,
                document: row.get::<_, Option<[u8; 16]>>(3)?.map(DocumentId::from),
                words: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn same_reading(&self, batch: &ReadLogBatch, counter: u64, entry: &ReadLogEntry) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT at_ms = ?4 AND action = ?5 AND document IS ?6 AND words IS ?7 FROM read_log
             WHERE folder = ?1 AND device = ?2 AND counter = ?3",
        )?;
        let same: Option<bool> = statement
            .query_row(
                (
                    batch.folder.sql(),
                    batch.device.sql(),
                    int(counter),
                    entry.at_ms,
                    entry.action,
                    entry.document.as_ref().map(AsSql::sql),
                    &entry.words,
                ),
                |row| row.get(0),
            )
            .optional()?;
        Ok(same.unwrap_or(true))
    }

    fn new_batches(&self) -> Result<Vec<NewBatch>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, device, first, count, before, after FROM read_log_new ORDER BY folder, device, first",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(NewBatch {
                folder: row.id(0)?,
                device: row.id(1)?,
                first: uint(row.get(2)?),
                count: uint(row.get(3)?),
                before: row.get(4)?,
                after: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn read_log_head(&self, folder: FolderId, device: DeviceId) -> Result<Option<Head>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT next, chain FROM read_log_head WHERE folder = ?1 AND device = ?2")?;
        let head = statement
            .query_row((folder.sql(), device.sql()), |row| Ok(Head { next: uint(row.get(0)?), chain: row.get(1)? }));
        Ok(head.optional()?)
    }
}

struct NewBatch {
    folder: FolderId,
    device: DeviceId,
    first: u64,
    count: u64,
    before: [u8; 32],
    after: [u8; 32],
}

#[derive(Clone, Copy)]
struct Head {
    next: u64,
    chain: [u8; 32],
}

impl Writer<'_> {
    /// Takes in readings of somebody. The same ones may come twice; one number that tells two things is a finding.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_read_log(&self, batch: &ReadLogBatch) -> Result<(), StoreError> {
        let mut insert = self.sql.prepare_cached(
            "INSERT OR IGNORE INTO read_log (folder, device, counter, at_ms, action, document, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (entry, counter) in batch.entries.iter().zip(batch.first..) {
            if !self.same_reading(batch, counter, entry)? {
                self.miss(batch.folder, batch.device, counter.saturating_add(1), counter)?;
            }
            insert.execute((
                batch.folder.sql(),
                batch.device.sql(),
                int(counter),
                entry.at_ms,
                entry.action,
                entry.document.as_ref().map(AsSql::sql),
                &entry.words,
            ))?;
        }
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO read_log_new (folder, device, first, count, before, after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                batch.folder.sql(),
                batch.device.sql(),
                int(batch.first),
                int(batch.entries.len() as u64),
                batch.before,
                batch.after,
            ))?;
        Ok(())
    }

    /// Follows each device's count through what has come, once nothing is left to fetch. Where a number is missing, or the
    /// running hash does not go on, there is a finding. What was before the first that came is nobody's secret: the key may
    /// be younger than the count, and old readings are deleted.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_read_log(&self) -> Result<(), StoreError> {
        let mut heads: BTreeMap<(FolderId, DeviceId), Option<Head>> = BTreeMap::new();
        for batch in self.new_batches()? {
            let whose = (batch.folder, batch.device);
            let known = match heads.get(&whose) {
                Some(head) => *head,
                None => self.read_log_head(batch.folder, batch.device)?,
            };
            let head = self.follow(&batch, known)?;
            heads.insert(whose, Some(head));
        }
        for ((folder, device), head) in &heads {
            let Some(head) = head else { continue };
            self.sql
                .prepare_cached(
                    "INSERT OR REPLACE INTO read_log_head (folder, device, next, chain) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((folder.sql(), device.sql(), int(head.next), head.chain))?;
        }
        self.sql.prepare_cached("DELETE FROM read_log_new")?.execute([])?;
        self.sql
            .prepare_cached(
                "DELETE FROM read_log_gap WHERE first <= last AND last - first + 1 =
                     (SELECT count(*) FROM read_log l WHERE l.folder = read_log_gap.folder AND l.device = read_log_gap.device
                          AND l.counter BETWEEN read_log_gap.first AND read_log_gap.last)",
            )?
            .execute([])?;
        Ok(())
    }

    fn follow(&self, batch: &NewBatch, known: Option<Head>) -> Result<Head, StoreError> {
        let end = batch.first.saturating_add(batch.count);
        let after = Head { next: end, chain: batch.after };
        let Some(head) = known else { return Ok(after) };
        if end <= head.next {
            return Ok(head);
        }
        if batch.first > head.next {
            self.miss(batch.folder, batch.device, head.next, batch.first - 1)?;
        } else if batch.first < head.next || batch.before != head.chain {
            self.miss(batch.folder, batch.device, batch.first, batch.first.saturating_sub(1))?;
        }
        Ok(after)
    }

    fn miss(&self, folder: FolderId, device: DeviceId, first: u64, last: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO read_log_gap (folder, device, first, last) VALUES (?1, ?2, ?3, ?4)")?
            .execute((folder.sql(), device.sql(), int(first), int(last)))?;
        Ok(())
    }

    /// Readings sealed for a key that has come are looked at again.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_read_log(&self) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE env SET status = 'stored' WHERE kind = 8 AND status = 'waiting_key'")?
            .execute([])?;
        Ok(())
    }

    /// Deletes readings from before a moment.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_read_log(&self, before_ms: i64) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM read_log WHERE at_ms < ?1")?.execute([before_ms])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    const FOLDER: FolderId = FolderId::new([1; 16]);
    const DEVICE: DeviceId = DeviceId::new([2; 16]);

    fn batch(first: u64, count: u64, before: u8, after: u8) -> ReadLogBatch {
        let entry = |n: u64| ReadLogEntry { device: DEVICE, at_ms: int(n), action: 1, document: None, words: None };
        let entries = (first..first + count).map(entry).collect();
        ReadLogBatch { folder: FOLDER, device: DEVICE, first, before: [before; 32], after: [after; 32], entries }
    }

    fn findings_after(batches: &[ReadLogBatch]) -> Vec<String> {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        for batch in batches {
            store.write(|w| w.put_read_log(batch).and_then(|()| w.settle_read_log())).unwrap();
        }
        store.reader().findings().unwrap().into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn readings_that_go_on_are_followed_whoever_sends_them_twice() {
        let (one, two) = (batch(4, 2, 7, 8), batch(6, 1, 8, 9));
        assert!(findings_after(&[one.clone(), two.clone(), one, two]).is_empty());
    }

    #[test]
    fn a_missing_number_is_a_finding_until_it_comes() {
        let (one, two, three) = (batch(1, 2, 7, 8), batch(3, 1, 8, 9), batch(4, 1, 9, 10));
        assert_eq!(findings_after(&[one.clone(), three.clone()]), ["read_log_gap"]);
        assert!(findings_after(&[one, three, two]).is_empty());
    }

    #[test]
    fn a_running_hash_that_does_not_go_on_is_a_finding() {
        assert_eq!(findings_after(&[batch(1, 2, 7, 8), batch(3, 1, 99, 9)]), ["read_log_gap"]);
    }

    #[test]
    fn one_number_that_tells_two_things_is_a_finding() {
        let mut other = batch(1, 1, 7, 9);
        other.entries[0].words = Some("andet".into());
        assert_eq!(findings_after(&[batch(1, 1, 7, 8), other]), ["read_log_gap"]);
    }

    #[test]
    fn what_came_in_another_order_within_one_exchange_is_no_finding() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        store
            .write(|w| {
                w.put_read_log(&batch(3, 1, 8, 9))?;
                w.put_read_log(&batch(1, 2, 7, 8))?;
                w.settle_read_log()
            })
            .unwrap();
        assert!(store.reader().findings().unwrap().is_empty());
        assert_eq!(store.reader().read_log(FOLDER).unwrap().len(), 3);
        store.write(|w| w.forget_read_log(3)).unwrap();
        assert_eq!(store.reader().read_log(FOLDER).unwrap().len(), 1);
    }
}
