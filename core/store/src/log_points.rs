//! Where this device stood with the server's log.

use feltbog_protocol::{LogPoint, thin};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{int, uint};

impl Reader<'_> {
    /// The points that are kept, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn log_points(&self) -> Result<Vec<LogPoint>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT seq, chain FROM log_point ORDER BY seq DESC")?;
        let rows = statement.query_map([], |row| Ok(LogPoint { seq: uint(row.get(0)?), chain: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Keeps a point, and lets go of those that are too many.
    pub(crate) fn keep_log_point(&self, point: LogPoint) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO log_point (seq, chain) VALUES (?1, ?2)")?
            .execute((int(point.seq), point.chain))?;
        let before = self.log_points()?;
        let mut kept = before.clone();
        thin(&mut kept);
        let mut statement = self.sql.prepare_cached("DELETE FROM log_point WHERE seq = ?1")?;
        for point in before.iter().filter(|point| !kept.contains(point)) {
            statement.execute([int(point.seq)])?;
        }
        Ok(())
    }
}
