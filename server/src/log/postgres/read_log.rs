//! Readings: who may have read, and deleting what is too old.

use feltbog_domain::{FolderId, MemberId, TenantId};

use super::columns::{bytes, get};
use super::{StoreError, Tx};

impl Tx<'_> {
    /// Whether a member may open a folder, or ever could: what let somebody in, or shut somebody out, names whom.
    pub(super) fn has_had_grant(
        &self,
        tenant: TenantId,
        folder: FolderId,
        member: MemberId,
    ) -> Result<bool, StoreError> {
        let found = self.session.row(
            "SELECT EXISTS (SELECT 1 FROM grant_now WHERE tenant = $1 AND folder = $2 AND member = $3)
                 OR EXISTS (SELECT 1 FROM log WHERE tenant = $1 AND about = $3 AND folder = $2)",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &bytes(member.as_bytes())],
        )?;
        found.map_or(Ok(false), |row| get(&row, 0))
    }

    /// Deletes the bodies of readings that came before a moment; their places stay.
    pub(super) fn forget_readings(&self, tenant: TenantId, before_ms: i64) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE log SET body = NULL WHERE tenant = $1 AND read_log IS NOT NULL AND body IS NOT NULL AND recv_ms < $2",
            &[&bytes(tenant.as_bytes()), &before_ms],
        )?;
        Ok(())
    }
}
