//! What devices told of folders.

use feltbog_domain::{ProgrammeId, TenantId};
use rusqlite::params;

use super::columns::id;
use super::{ReadTx, StoreError};
use crate::log::FactRow;

/// By folder, and in a folder by row: facts of two folders never meet.
const TOLD: &str = "
    SELECT f.id, l.recv_ms, l.body FROM folder f
    CROSS JOIN log l INDEXED BY log_facts ON l.tenant = f.tenant AND l.folder = f.id AND l.kind = 9 AND l.body IS NOT NULL
    WHERE f.tenant = ?1 AND f.programme = ?2 ORDER BY f.id, l.seq";

impl ReadTx<'_> {
    /// What devices told of the folders of a programme, in order within each; nothing of what was erased.
    pub(crate) fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(TOLD)?;
        let rows = statement.query_map(params![tenant.as_bytes(), programme.as_bytes()], |row| {
            Ok(FactRow { folder: id(row, 0)?, received_ms: row.get(1)?, envelope: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
