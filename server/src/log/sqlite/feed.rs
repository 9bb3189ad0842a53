//! The main feed: everything after a device's cursor that is for its eyes.

use feltbog_domain::{ProgrammeId, TenantId};
use feltbog_protocol::{EnvelopeHash, Row};
use rusqlite::{Rows, params};

use super::columns::{bound, id, number};
use super::{Feed, PageBudget, ReadTx, StoreError, Viewer};
use crate::log::mask::mask;

/// A row is sent when it is the device's own (left out, rows would be lost after a purge and a new grant), when it is
/// everybody's (6 erasures, 7 certificates), when it is about the member, or when it stands in a folder the member was
/// granted earlier. A folder's first key is about its maker and goes to the maker's other devices only while the maker may
/// open the folder. Cold bundles (2) come by backfill alone. What is counted of a folder (9) is for those
/// who read it. Deposits (11) are for leaders and deputies of the folder's
/// programme: the fourth column names the programme whose office the viewer must hold. That a device holds
/// nothing of something any more (8) is for those who follow erasures to their end; what was read (8 as well), for whoever
/// keeps records now and was granted the folder whose key opens it, and for a recovery station. Other kinds above 7 are stored
/// for their signers only.
const FEED: &str = "
    SELECT l.seq, l.size, l.body,
           CASE WHEN l.kind = 11 AND l.device <> ?4
                THEN (SELECT f.programme FROM folder f WHERE f.tenant = l.tenant AND f.id = l.folder) END,
           l.masked, l.folder, l.env_hash
    FROM log l
    WHERE l.tenant = ?1 AND l.seq > ?2 AND l.seq <= ?3 AND l.body IS NOT NULL
      AND (l.device = ?4
           OR l.kind IN (6, 7)
           OR (?7 AND l.purge_cause IS NOT NULL)
           OR (l.about = ?5
               AND (l.kind <> 3
                    OR EXISTS (SELECT 1 FROM grant_now g
                               WHERE g.tenant = l.tenant AND g.member = ?5 AND g.folder = l.folder
                                 AND (g.until_ms IS NULL OR g.until_ms > ?6))))
           OR (l.kind IN (1, 3, 4, 5, 9, 11)
               AND EXISTS (SELECT 1 FROM grant_now g
                           WHERE g.tenant = l.tenant AND g.member = ?5 AND g.folder = l.folder
                             AND g.seq < l.seq AND (g.until_ms IS NULL OR g.until_ms > ?6)))
           OR (?8 AND l.read_log IS NOT NULL
               AND ((?9 AND l.read_log = zeroblob(16))
                    OR EXISTS (SELECT 1 FROM grant_now g
                               WHERE g.tenant = l.tenant AND g.member = ?5 AND g.folder = l.read_log
                                 AND g.seq < l.seq AND (g.until_ms IS NULL OR g.until_ms > ?6)))))
    ORDER BY l.seq";

impl ReadTx<'_> {
    /// Rows after `cursor`, in one range of the log. Numbers have no gaps, so a range of numbers bounds the rows
    /// looked at, and the cursor passes those that are not for this viewer.
    pub(crate) fn feed(
        &self,
        viewer: &Viewer,
        cursor: u64,
        head: u64,
        page: &mut PageBudget,
    ) -> Result<Feed, StoreError> {
        let until = page.last_scanned(cursor, head);
        let mut statement = self.connection.prepare_cached(FEED)?;
        let found = statement.query(params![
            viewer.tenant.as_bytes(),
            bound(cursor),
            bound(until),
            viewer.device.as_bytes(),
            viewer.member.as_bytes(),
            viewer.now_ms,
            viewer.hears_of_purges,
            viewer.is_sent_readings,
            viewer.is_station
        ])?;
        let mut rows = Vec::new();
        Ok(match self.fill(found, viewer, page, &mut rows)? {
            Some(first_left_out) => Feed { rows, cursor: first_left_out.saturating_sub(1), more: true },
            None => Feed { rows, cursor: until.max(cursor), more: until < head },
        })
    }

    /// Takes rows of `(seq, size, body, office, masked, folder, env_hash)` while the page has room; gives the number of the
    /// first that found none. A row with an office is passed over unless the viewer holds it, one that nobody can unmask any
    /// more always.
    pub(super) fn fill(
        &self,
        mut found: Rows<'_>,
        viewer: &Viewer,
        page: &mut PageBudget,
        rows: &mut Vec<Row>,
    ) -> Result<Option<u64>, StoreError> {
        while let Some(row) = found.next()? {
            let office: Option<[u8; 16]> = row.get(3)?;
            if office.is_some_and(|office| !viewer.offices.contains(&ProgrammeId::new(office))) {
                continue;
            }
            let seq = number(row, 0)?;
            let Some(envelope) = self.unmasked(viewer.tenant, row, 2, 4)? else { continue };
            if !page.take(number(row, 1)?) {
                return Ok(Some(seq));
            }
            rows.push(Row { seq, envelope });
        }
        Ok(None)
    }

    /// The body in one column as it came, where three others say whether it is masked, its folder and its identity.
    pub(super) fn unmasked(
        &self,
        tenant: TenantId,
        row: &rusqlite::Row<'_>,
        body: usize,
        masked: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut bytes: Vec<u8> = row.get(body)?;
        if row.get(masked)? {
            let Some(key) = self.shred.key(tenant, id(row, masked + 1)?)? else { return Ok(None) };
            mask(&mut bytes, &key, EnvelopeHash(row.get(masked + 2)?));
        }
        Ok(Some(bytes))
    }
}
