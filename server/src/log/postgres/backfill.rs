//! Backfill: rows from before a grant or from before a device was enrolled, a stretch at a time. Which rows they are, and in
//! which order the parts of an ask come, stands with the file's own backfill.

use feltbog_domain::FolderId;
use feltbog_protocol::{BackfillAsk, BackfillDone, BackfillPart, Row};

use super::columns::{bound, bytes};
use super::feed::STRETCH;
use super::{PageBudget, StoreError, Tx, Viewer};

const ACCESS_ROWS: &str = "
    SELECT seq, size, NULL::bytea, masked, folder, env_hash FROM log
    WHERE tenant = $1 AND seq > $2 AND seq <= $3 AND kind IN (6, 7) AND body IS NOT NULL
    UNION ALL
    SELECT seq, size, NULL::bytea, masked, folder, env_hash FROM log
    WHERE $6 AND tenant = $1 AND seq > $2 AND seq <= $3 AND purge_cause IS NOT NULL AND body IS NOT NULL
    UNION ALL
    SELECT l.seq, l.size, NULL::bytea, l.masked, l.folder, l.env_hash FROM log l
    WHERE l.tenant = $1 AND l.about = $4 AND l.seq > $2 AND l.seq <= $3 AND l.body IS NOT NULL
      AND (l.kind <> 3
           OR EXISTS (SELECT 1 FROM grant_now g
                      WHERE g.tenant = $1 AND g.member = $4 AND g.folder = l.folder
                        AND (g.until_ms IS NULL OR g.until_ms > $5)))
    UNION ALL
    SELECT l.seq, l.size, NULL::bytea, l.masked, l.folder, l.env_hash FROM log l
    WHERE $7 AND l.tenant = $1 AND l.read_log = decode(repeat('00', 16), 'hex') AND l.seq > $2 AND l.seq <= $3 AND l.body IS NOT NULL
    UNION ALL
    SELECT l.seq, l.size, NULL::bytea, l.masked, l.folder, l.env_hash FROM log l
    WHERE $7 AND l.tenant = $1 AND l.kind = 3 AND l.key_epoch = 1 AND l.seq > $2 AND l.seq <= $3 AND l.body IS NOT NULL
    ORDER BY seq LIMIT $8";

const FOLDER_ROWS: &str = "
    SELECT l.seq, l.size,
           CASE WHEN l.kind = 11 AND l.device <> $7
                THEN (SELECT f.programme FROM folder f WHERE f.tenant = $1 AND f.id = $4) END,
           l.masked, l.folder, l.env_hash
    FROM log l
    WHERE l.tenant = $1 AND l.folder = $4 AND l.seq > $2 AND l.seq <= $3
      AND (($8 AND l.kind IN (3, 4, 5)) OR ($9 AND l.kind IN (1, 9, 11)))
      AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = $1 AND g.member = $5 AND g.folder = $4
                    AND (g.until_ms IS NULL OR g.until_ms > $6))
    UNION ALL
    SELECT l.seq, l.size, NULL::bytea, l.masked, l.folder, l.env_hash FROM log l
    WHERE $9 AND $10 AND l.tenant = $1 AND l.read_log = $4 AND l.seq > $2 AND l.seq <= $3 AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = $1 AND g.member = $5 AND g.folder = $4
                    AND (g.until_ms IS NULL OR g.until_ms > $6))
    ORDER BY seq LIMIT $11";

const NEWEST_BUNDLE: &str = "
    SELECT l.seq, l.size, NULL::bytea, l.masked, l.folder, l.env_hash FROM log l
    WHERE l.tenant = $1 AND l.folder = $2 AND l.kind = 2 AND l.body IS NOT NULL
      AND EXISTS (SELECT 1 FROM grant_now g
                  WHERE g.tenant = $1 AND g.member = $3 AND g.folder = $2
                    AND (g.until_ms IS NULL OR g.until_ms > $4))
    ORDER BY l.seq DESC LIMIT 1";

impl Tx<'_> {
    /// Answers one ask as far as the page has room. Without a grant there is nothing to send and nothing left.
    pub(super) fn backfill(
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
        self.fill(viewer, ask.after, page, rows, |after| {
            self.session.rows(
                ACCESS_ROWS,
                &[
                    &bytes(viewer.tenant.as_bytes()),
                    &bound(after),
                    &bound(ask.until),
                    &bytes(viewer.member.as_bytes()),
                    &viewer.now_ms,
                    &viewer.hears_of_purges,
                    &viewer.is_station,
                    &STRETCH,
                ],
            )
        })
    }

    fn folder_rows(
        &self,
        viewer: &Viewer,
        ask: &BackfillAsk,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<Option<u64>, StoreError> {
        self.fill(viewer, ask.after, page, rows, |after| {
            self.session.rows(
                FOLDER_ROWS,
                &[
                    &bytes(viewer.tenant.as_bytes()),
                    &bound(after),
                    &bound(ask.until),
                    &bytes(ask.folder.as_bytes()),
                    &bytes(viewer.member.as_bytes()),
                    &viewer.now_ms,
                    &bytes(viewer.device.as_bytes()),
                    &(ask.part != BackfillPart::Content),
                    &(ask.part != BackfillPart::Access),
                    &viewer.is_sent_readings,
                    &STRETCH,
                ],
            )
        })
    }

    fn newest_bundle(
        &self,
        viewer: &Viewer,
        folder: FolderId,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<Option<u64>, StoreError> {
        self.fill(viewer, 0, page, rows, |_| {
            self.session.rows(
                NEWEST_BUNDLE,
                &[
                    &bytes(viewer.tenant.as_bytes()),
                    &bytes(folder.as_bytes()),
                    &bytes(viewer.member.as_bytes()),
                    &viewer.now_ms,
                ],
            )
        })
    }
}
