//! Backfill: rows from before a grant or from before a device was enrolled, a stretch at a time.

use feltbog_domain::FolderId;
use feltbog_protocol::{BackfillAsk, BackfillDone, BackfillPart, Row};
use rusqlite::params;

use super::columns::bound;
use super::{PageBudget, ReadTx, StoreError, Viewer};

/// What a new device needs first: certificates and erasures with what became of them, and the rows that opened and closed
/// folders to its member. A folder's first key goes only to a maker who may open the folder now, and to a recovery station,
/// which also gets what was read while there were no records officers.
const ACCESS_ROWS: &str = "
    SELECT seq, size, body, NULL, masked, folder, env_hash FROM log
    WHERE tenant = ?1 AND seq > ?2 AND seq <= ?3 AND kind IN (6, 7) AND body IS NOT NULL
    UNION ALL
    SELECT seq, size, body, NULL, masked, folder, env_hash FROM log
    WHERE ?6 AND tenant = ?1 AND seq > ?2 AND seq <= ?3 AND purge_cause IS NOT NULL AND body IS NOT NULL
    UNION ALL
    SELECT l.seq, l.size, l.body, NULL, l.masked, l.folder, l.env_hash FROM log l
    WHERE l.tenant = ?1 AND l.about = ?4 AND l.seq > ?2 AND l.seq <= ?3 AND l.body IS NOT NULL
      AND (l.kind <> 3
           OR EXISTS (SELECT 1 FROM grant_now g
                      WHERE g.tenant = ?1 AND g.member = ?4 AND g.folder = l.folder
                        AND (g.until_ms IS NULL OR g.until_ms > ?5)))
    UNION ALL
    SELECT l.seq, l.size, l.body, NULL, l.masked, l.folder, l.env_hash FROM log l
    WHERE ?7 AND l.tenant = ?1 AND l.read_log = zeroblob(16) AND l.seq > ?2 AND l.seq <= ?3 AND l.body IS NOT NULL
    UNION ALL
    SELECT l.seq, l.size, l.body, NULL, l.masked, l.folder, l.env_hash FROM log l
    WHERE ?7 AND l.tenant = ?1 AND l.kind = 3 AND l.key_epoch = 1 AND l.seq > ?2 AND l.seq <= ?3 AND l.body IS NOT NULL
    ORDER BY seq";

/// The whole stretch of a folder the member may read now. It is not cut at the grant: what lies after the grant is the
/// member's as well, and a device enrolled after the grant gets it in no other way. Which kinds, the part says. What was read
/// in other folders comes with the folder whose key opens it.
const FOLDER_ROWS: &str = "
    SELECT l.seq, l.size, l.body,
           CASE WHEN l.kind = 11 AND l.device <> ?7
                THEN (SELECT f.programme FROM folder f WHERE f.tenant = ?1 AND f.id = ?4) END,
           l.masked, l.folder, l.env_hash
    FROM log l
    WHERE l.tenant = ?1 AND l.folder = ?4 AND l.seq > ?2 AND l.seq <= ?3
      AND ((?8 AND l.kind IN (3, 4, 5)) OR (?9 AND l.kind IN (1, 9, 11)))
      AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = ?1 AND g.member = ?5 AND g.folder = ?4
                    AND (g.until_ms IS NULL OR g.until_ms > ?6))
    UNION ALL
    SELECT l.seq, l.size, l.body, NULL, l.masked, l.folder, l.env_hash FROM log l
    WHERE ?9 AND ?10 AND l.tenant = ?1 AND l.read_log = ?4 AND l.seq > ?2 AND l.seq <= ?3 AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = ?1 AND g.member = ?5 AND g.folder = ?4
                    AND (g.until_ms IS NULL OR g.until_ms > ?6))
    ORDER BY seq";

/// The newest cold bundle, wherever in the log it stands: bundles never come in the main feed, so a bundle beyond `until`
/// would reach nobody.
const NEWEST_BUNDLE: &str = "
    SELECT l.seq, l.size, l.body, NULL, l.masked, l.folder, l.env_hash FROM log l
    WHERE l.tenant = ?1 AND l.folder = ?2 AND l.kind = 2 AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = ?1 AND g.member = ?3 AND g.folder = ?2
                    AND (g.until_ms IS NULL OR g.until_ms > ?4))
    ORDER BY l.seq DESC LIMIT 1";

impl ReadTx<'_> {
    /// Answers one ask as far as the page has room. Without a grant there is nothing to send and nothing left.
    ///
    /// Each part goes on at its own `after`. The parts `All` and `Content` are done with their last row. The part `Access`
    /// has one row more, the newest cold bundle, which stands at no certain place in the log and comes last: `after <
    /// until` asks for access rows beyond `after` and then the bundle, `after = until` asks for the bundle alone, and only
    /// with the bundle (or where there is none) the part is done. An access row left out lies at or before `until`, so an
    /// `after` of rows sent before it is always less: the two states cannot be taken for one another. Where a newer
    /// bundle comes between two pages, the newer one is sent.
    pub(crate) fn backfill(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<BackfillDone, StoreError> {
        let before = rows.len();
        let left_out = if ask.folder.is_none() {
            self.own_access(viewer, ask, page, rows)
        } else {
            self.folder_rows(viewer, ask, page, rows)
        }?;
        let sent = rows.get(before..).and_then(<[Row]>::last).map_or(ask.after, |row| row.seq);
        let answer = |after, done| BackfillDone { folder: ask.folder, after, until: ask.until, done };
        if left_out.is_some() {
            return Ok(answer(sent, false));
        }
        let bundle_left = ask.part == BackfillPart::Access
            && !ask.folder.is_none()
            && self.newest_bundle(viewer, ask.folder, page, rows)?.is_some();
        Ok(answer(ask.until, !bundle_left))
    }

    fn own_access(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<Option<u64>, StoreError> {
        let (tenant, member) = (viewer.tenant.as_bytes(), viewer.member.as_bytes());
        let mut statement = self.connection.prepare_cached(ACCESS_ROWS)?;
        let found = statement.query(params![
            tenant,
            bound(ask.after),
            bound(ask.until),
            member,
            viewer.now_ms,
            viewer.hears_of_purges,
            viewer.is_station
        ])?;
        self.fill(found, viewer, page, rows)
    }

    fn folder_rows(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<Option<u64>, StoreError> {
        let mut statement = self.connection.prepare_cached(FOLDER_ROWS)?;
        let found = statement.query(params![
            viewer.tenant.as_bytes(),
            bound(ask.after),
            bound(ask.until),
            ask.folder.as_bytes(),
            viewer.member.as_bytes(),
            viewer.now_ms,
            viewer.device.as_bytes(),
            ask.part != BackfillPart::Content,
            ask.part != BackfillPart::Access,
            viewer.is_sent_readings
        ])?;
        self.fill(found, viewer, page, rows)
    }

    fn newest_bundle(
        &self,
        viewer: &Viewer,
        folder: FolderId,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<Option<u64>, StoreError> {
        let (tenant, member) = (viewer.tenant.as_bytes(), viewer.member.as_bytes());
        let mut statement = self.connection.prepare_cached(NEWEST_BUNDLE)?;
        self.fill(statement.query(params![tenant, folder.as_bytes(), member, viewer.now_ms])?, viewer, page, rows)
    }
}
