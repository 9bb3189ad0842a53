//! The main feed: everything after a device's cursor that is for its eyes. Who is sent what, the file's own feed says.

use std::collections::HashMap;

use feltbog_domain::{ProgrammeId, TenantId};
use feltbog_protocol::Row;
use tokio_postgres::Row as Found;

use super::columns::{array_if_any, bound, bytes, get, hash, id, number};
use super::{Feed, PageBudget, StoreError, Tx, Viewer};
use crate::log::mask::mask;

/// The same rows as in the file, without their bodies: those are fetched of what the page has room for.
const FEED: &str = "
    SELECT l.seq, l.size,
           CASE WHEN l.kind = 11 AND l.device <> $4
                THEN (SELECT f.programme FROM folder f WHERE f.tenant = l.tenant AND f.id = l.folder) END,
           l.masked, l.folder, l.env_hash
    FROM log l
    WHERE l.tenant = $1 AND l.seq > $2 AND l.seq <= $3 AND l.body IS NOT NULL
      AND (l.device = $4
           OR l.kind IN (6, 7)
           OR ($7 AND l.purge_cause IS NOT NULL)
           OR (l.about = $5
               AND (l.kind <> 3
                    OR EXISTS (SELECT 1 FROM grant_now g
                               WHERE g.tenant = l.tenant AND g.member = $5 AND g.folder = l.folder
                                 AND (g.until_ms IS NULL OR g.until_ms > $6))))
           OR (l.kind IN (1, 3, 4, 5, 9, 11)
               AND EXISTS (SELECT 1 FROM grant_now g
                           WHERE g.tenant = l.tenant AND g.member = $5 AND g.folder = l.folder
                             AND g.seq < l.seq AND (g.until_ms IS NULL OR g.until_ms > $6)))
           OR ($8 AND l.read_log IS NOT NULL
               AND (($9 AND l.read_log = decode(repeat('00', 16), 'hex'))
                    OR EXISTS (SELECT 1 FROM grant_now g
                               WHERE g.tenant = l.tenant AND g.member = $5 AND g.folder = l.read_log
                                 AND g.seq < l.seq AND (g.until_ms IS NULL OR g.until_ms > $6)))))
    ORDER BY l.seq LIMIT $10";

/// Rows asked for at once.
pub(super) const STRETCH: i64 = 1_000;

impl Tx<'_> {
    /// Rows after `cursor`, in one range of the log. Numbers have no gaps, so a range of numbers bounds the rows
    /// looked at, and the cursor passes those that are not for this viewer.
    pub(super) fn feed(
        &self,
        viewer: &Viewer,
        cursor: u64,
        head: u64,
        page: &mut PageBudget,
    ) -> Result<Feed, StoreError> {
        let until = page.last_scanned(cursor, head);
        let mut rows = Vec::new();
        let left_out = self.fill(viewer, cursor, page, &mut rows, |after| {
            self.session.rows(
                FEED,
                &[
                    &bytes(viewer.tenant.as_bytes()),
                    &bound(after),
                    &bound(until),
                    &bytes(viewer.device.as_bytes()),
                    &bytes(viewer.member.as_bytes()),
                    &viewer.now_ms,
                    &viewer.hears_of_purges,
                    &viewer.is_sent_readings,
                    &viewer.is_station,
                    &STRETCH,
                ],
            )
        })?;
        Ok(match left_out {
            Some(first_left_out) => Feed { rows, cursor: first_left_out.saturating_sub(1), more: true },
            None => Feed { rows, cursor: until.max(cursor), more: until < head },
        })
    }

    /// Takes rows of `(seq, size, office, masked, folder, env_hash)` while the page has room, a stretch after the other, and
    /// then fetches their bodies; gives the number of the first that found no room. A row with an office is passed over
    /// unless the viewer holds it, one that nobody can unmask any more always.
    pub(super) fn fill(
        &self,
        viewer: &Viewer,
        after: u64,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
        stretch_after: impl Fn(u64) -> Result<Vec<Found>, StoreError>,
    ) -> Result<Option<u64>, StoreError> {
        let (mut after, mut taken) = (after, Vec::new());
        let left_out = 'page: loop {
            let stretch = stretch_after(after)?;
            for row in &stretch {
                after = number(row, 0)?;
                let office: Option<[u8; 16]> = array_if_any(row, 2)?;
                if office.is_some_and(|office| !viewer.offices.contains(&ProgrammeId::new(office))) {
                    continue;
                }
                if get(row, 3)? && self.shred.key(viewer.tenant, id(row, 4)?)?.is_none() {
                    continue;
                }
                if !page.take(number(row, 1)?) {
                    break 'page Some(after);
                }
                taken.push(after);
            }
            if bound(stretch.len() as u64) < STRETCH {
                break None;
            }
        };
        self.fetch(viewer.tenant, &taken, rows)?;
        Ok(left_out)
    }

    fn fetch(&self, tenant: TenantId, taken: &[u64], rows: &mut Vec<Row>) -> Result<(), StoreError> {
        if taken.is_empty() {
            return Ok(());
        }
        let numbers: Vec<i64> = taken.iter().copied().map(bound).collect();
        let found = self.session.rows(
            "SELECT seq, body, masked, folder, env_hash FROM log
             WHERE tenant = $1 AND seq = ANY ($2) AND body IS NOT NULL",
            &[&bytes(tenant.as_bytes()), &numbers],
        )?;
        let mut bodies = HashMap::new();
        for row in &found {
            bodies.insert(number(row, 0)?, self.unmasked(tenant, row, 1, 2)?);
        }
        for seq in taken {
            if let Some(Some(envelope)) = bodies.get(seq) {
                rows.push(Row { seq: *seq, envelope: envelope.clone() });
            }
        }
        Ok(())
    }

    /// The body in one column as it came, where three others say whether it is masked, its folder and its identity.
    pub(super) fn unmasked(
        &self,
        tenant: TenantId,
        row: &Found,
        body: usize,
        masked: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut stored: Vec<u8> = get(row, body)?;
        if get(row, masked)? {
            let Some(key) = self.shred.key(tenant, id(row, masked + 1)?)? else { return Ok(None) };
            mask(&mut stored, &key, hash(row, masked + 2)?);
        }
        Ok(Some(stored))
    }
}
