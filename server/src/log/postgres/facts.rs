//! What devices told of folders.

use feltbog_domain::{ProgrammeId, TenantId};

use super::columns::{bytes, get, id};
use super::{FactRow, StoreError, Tx};

impl Tx<'_> {
    /// What devices told of the folders of a programme: by folder, and in a folder by row; nothing of what was erased.
    pub(super) fn facts_told(&self, tenant: TenantId, programme: ProgrammeId) -> Result<Vec<FactRow>, StoreError> {
        let rows = self.session.rows(
            "SELECT f.id, l.recv_ms, l.body FROM folder f
             JOIN log l ON l.tenant = f.tenant AND l.folder = f.id AND l.kind = 9 AND l.body IS NOT NULL
             WHERE f.tenant = $1 AND f.programme = $2 ORDER BY f.id, l.seq",
            &[&bytes(tenant.as_bytes()), &bytes(programme.as_bytes())],
        )?;
        let fact = |row| Ok(FactRow { folder: id(row, 0)?, received_ms: get(row, 1)?, envelope: get(row, 2)? });
        rows.iter().map(fact).collect()
    }
}
