//! Backfill: rows from before a grant or from before a device was enrolled, a stretch at a time.

use feltbog_protocol::{BackfillAsk, BackfillDone, Row};
use rusqlite::params;

use super::columns::bound;
use super::feed::fill;
use super::{PageBudget, ReadTx, StoreError, Viewer};

/// What a new device needs first: certificates and erasures, and the rows that opened folders to its member.
const ACCESS_ROWS: &str = "
    SELECT seq, size, body FROM log
    WHERE tenant = ?1 AND seq > ?2 AND seq <= ?3 AND kind IN (6, 7) AND body IS NOT NULL
    UNION ALL
    SELECT seq, size, body FROM log
    WHERE tenant = ?1 AND about = ?4 AND seq > ?2 AND seq <= ?3 AND body IS NOT NULL
    ORDER BY seq";

/// The whole stretch of a folder the member may read now. It is not cut at the grant: what lies after the grant is the
/// member's as well, and a device enrolled after the grant gets it in no other way.
const FOLDER_ROWS: &str = "
    SELECT l.seq, l.size, l.body FROM log l
    WHERE l.tenant = ?1 AND l.folder = ?4 AND l.seq > ?2 AND l.seq <= ?3 AND l.kind BETWEEN 1 AND 6
      AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = ?1 AND g.member = ?5 AND g.folder = ?4
                    AND (g.until_ms IS NULL OR g.until_ms > ?6))
    ORDER BY l.seq";

impl ReadTx<'_> {
    /// Answers one ask as far as the page has room. Without a grant there is nothing to send and nothing left.
    pub(crate) fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError> {
        let before = rows.len();
        let (tenant, after, until) = (viewer.tenant.as_bytes(), bound(ask.after), bound(ask.until));
        let left_out = if ask.folder.is_none() {
            let mut statement = self.connection.prepare_cached(ACCESS_ROWS)?;
            fill(statement.query(params![tenant, after, until, viewer.member.as_bytes()])?, page, rows)?
        } else {
            let (folder, member) = (ask.folder.as_bytes(), viewer.member.as_bytes());
            let mut statement = self.connection.prepare_cached(FOLDER_ROWS)?;
            fill(statement.query(params![tenant, after, until, folder, member, viewer.now_ms])?, page, rows)?
        };
        let sent = rows.get(before..).and_then(<[Row]>::last).map_or(ask.after, |row| row.seq);
        let done = left_out.is_none();
        Ok(BackfillDone { folder: ask.folder, after: if done { ask.until } else { sent }, until: ask.until, done })
    }
}
