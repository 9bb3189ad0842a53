//! On a records officer's device: who read what, and whether anything is missing.

use feltbog_domain::{DeviceId, FolderId, Reading};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// One reading on some device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLogEntry {
    /// The device.
    pub device: DeviceId,
    /// What was read.
    pub reading: Reading,
}

/// Readings of one folder on one device that came in one envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLogBatch {
    /// The folder.
    pub folder: FolderId,
    /// The device.
    pub device: DeviceId,
    /// The folder whose key opened them; [`FolderId::NONE`] for the recovery key.
    pub key: FolderId,
    /// When they came, by the server's clock.
    pub came_ms: i64,
    /// The number of the first.
    pub first: u64,
    /// How many right before the first were told to others.
    pub elsewhere: u64,
    /// The running hash before the first.
    pub before: [u8; 32],
    /// The running hash after the last.
    pub after: [u8; 32],
    /// In order.
    pub readings: Vec<Reading>,
}

/// A batch that was not followed yet.
struct NewBatch {
    folder: FolderId,
    device: DeviceId,
    first: u64,
    count: u64,
    elsewhere: u64,
    before: [u8; 32],
    after: [u8; 32],
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
        let rows = statement
            .query_map([folder.sql()], |row| Ok(ReadLogEntry { device: row.id(0)?, reading: row.reading(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn reading_told_as(&self, batch: &ReadLogBatch, counter: u64) -> Result<Reading, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT at_ms, action, document, words FROM read_log WHERE folder = ?1 AND device = ?2 AND counter = ?3",
        )?;
        let place = (batch.folder.sql(), batch.device.sql(), int(counter));
        Ok(statement.query_row(place, |row| row.reading(0))?)
    }

    fn new_batches(&self) -> Result<Vec<NewBatch>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, device, first, count, elsewhere, before, after FROM read_log_new
             ORDER BY folder, device, first",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(NewBatch {
                folder: row.id(0)?,
                device: row.id(1)?,
                first: uint(row.get(2)?),
                count: uint(row.get(3)?),
                elsewhere: uint(row.get(4)?),
                before: row.get(5)?,
                after: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number that comes next, and the running hash before it.
    fn read_log_head(&self, folder: FolderId, device: DeviceId) -> Result<Option<(u64, [u8; 32])>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT next, chain FROM read_log_head WHERE folder = ?1 AND device = ?2")?;
        let head = statement.query_row((folder.sql(), device.sql()), |row| Ok((uint(row.get(0)?), row.get(1)?)));
        Ok(head.optional()?)
    }
}

impl Writer<'_> {
    /// Takes in readings of somebody. The same ones may come twice; one number that tells two things is a finding.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_read_log(&self, batch: &ReadLogBatch) -> Result<(), StoreError> {
        let mut insert = self.sql.prepare_cached(
            "INSERT OR IGNORE INTO read_log (folder, device, counter, at_ms, action, document, words, key, came_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for (reading, counter) in batch.readings.iter().zip(batch.first..) {
            let is_new = insert.execute((
                batch.folder.sql(),
                batch.device.sql(),
                int(counter),
                reading.at_ms,
                reading.action,
                reading.document.as_ref().map(AsSql::sql),
                &reading.words,
                batch.key.sql(),
                batch.came_ms,
            ))? > 0;
            if !is_new && self.reading_told_as(batch, counter)? != *reading {
                self.miss(batch.folder, batch.device, counter.saturating_add(1), counter)?;
            }
        }
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO read_log_new (folder, device, first, count, elsewhere, before, after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                batch.folder.sql(),
                batch.device.sql(),
                int(batch.first),
                int(batch.readings.len() as u64),
                int(batch.elsewhere),
                batch.before,
                batch.after,
            ))?;
        Ok(())
    }

    /// Follows each device's count through what has come, once nothing is left to fetch. Where a number is missing that was
    /// not told to others, or the running hash does not go on, there is a finding. What was before the first that came is
    /// nobody's secret: the key may be younger than the count, and old readings are deleted.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_read_log(&self) -> Result<(), StoreError> {
        for batch in self.new_batches()? {
            self.follow(&batch)?;
        }
        for statement in [
            "DELETE FROM read_log_new",
            "DELETE FROM read_log_gap WHERE first <= last AND last - first + 1 =
                 (SELECT count(*) FROM read_log l WHERE l.folder = read_log_gap.folder AND l.device = read_log_gap.device
                      AND l.counter BETWEEN read_log_gap.first AND read_log_gap.last)",
        ] {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }

    fn follow(&self, batch: &NewBatch) -> Result<(), StoreError> {
        let NewBatch { folder, device, first, .. } = *batch;
        let end = first.saturating_add(batch.count);
        if let Some((next, chain)) = self.read_log_head(folder, device)? {
            let told_elsewhere_from = first.saturating_sub(batch.elsewhere);
            if end <= next {
                return Ok(());
            }
            if told_elsewhere_from > next {
                self.miss(folder, device, next, told_elsewhere_from - 1)?;
            } else if first < next || (first == next && batch.before != chain) {
                self.miss(folder, device, first, first.saturating_sub(1))?;
            }
        }
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO read_log_head (folder, device, next, chain) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((folder.sql(), device.sql(), int(end), batch.after))?;
        Ok(())
    }

    fn miss(&self, folder: FolderId, device: DeviceId, first: u64, last: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO read_log_gap (folder, device, first, last) VALUES (?1, ?2, ?3, ?4)")?
            .execute((folder.sql(), device.sql(), int(first), int(last)))?;
        Ok(())
    }

    /// Readings sealed for a key that has come are looked at again, those of this device among them: nobody could open them
    /// here when they came back.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_read_log(&self) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored' WHERE kind = 8 AND folder != zeroblob(16) AND tenant_seq IS NOT NULL
                     AND (status = 'waiting_key'
                          OR (status = 'applied' AND device = (SELECT value FROM meta WHERE key = 'device')))",
            )?
            .execute([])?;
        Ok(())
    }

    /// Deletes readings that came before a moment.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_read_log(&self, before_ms: i64) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM read_log WHERE came_ms < ?1")?.execute([before_ms])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    const FOLDER: FolderId = FolderId::new([1; 16]);
    const DEVICE: DeviceId = DeviceId::new([2; 16]);
    const KEY: FolderId = FolderId::new([3; 16]);

    fn batch(first: u64, count: u64, before: u8, after: u8) -> ReadLogBatch {
        let reading = |n: u64| Reading { at_ms: int(n), action: 1, document: None, words: None };
        ReadLogBatch {
            folder: FOLDER,
            device: DEVICE,
            key: KEY,
            came_ms: int(first),
            first,
            elsewhere: 0,
            before: [before; 32],
            after: [after; 32],
            readings: (first..first + count).map(reading).collect(),
        }
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
        other.readings[0].words = Some("andet".into());
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

    #[test]
    fn what_was_told_to_others_is_no_gap_and_no_more_than_that() {
        let (first, last) = (batch(1, 2, 7, 8), batch(6, 1, 99, 9));
        let after = |elsewhere| findings_after(&[first.clone(), ReadLogBatch { elsewhere, ..last.clone() }]);
        assert!(after(3).is_empty());
        assert_eq!(after(2), ["read_log_gap"]);
        let next = ReadLogBatch { elsewhere: 1, ..batch(3, 1, 99, 9) };
        assert_eq!(
            findings_after(&[first.clone(), next]),
            ["read_log_gap"],
            "the hash goes on where no number is left out"
        );
    }

    #[test]
    fn it_is_kept_by_when_it_came_and_goes_with_the_key_it_was_opened_with() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let other = ReadLogBatch { device: DeviceId::new([9; 16]), key: FolderId::new([8; 16]), ..batch(1, 1, 7, 8) };
        let put = |batch: &ReadLogBatch, store: &mut Store| store.write(|w| w.put_read_log(batch)).unwrap();
        let left = |store: &Store| store.reader().read_log(FOLDER).unwrap().len();
        put(&ReadLogBatch { came_ms: 1_000, ..batch(1, 1, 7, 8) }, &mut store);
        store.write(|w| w.forget_read_log(900)).unwrap();
        assert_eq!(left(&store), 1, "its reader's clock said 1");
        put(&batch(3, 1, 99, 9), &mut store);
        store.write(|w| w.put_read_log(&other).and_then(|()| w.settle_read_log())).unwrap();
        assert_eq!((left(&store), store.reader().findings().unwrap().len()), (3, 1));
        store.write(|w| w.purge_folder(KEY)).unwrap();
        assert_eq!((left(&store), store.reader().findings().unwrap().len()), (1, 0));
    }
}
