//! Readings: who may have read, and deleting what is too old.

use feltbog_domain::{FolderId, MemberId, TenantId};
use rusqlite::params;

use super::{ReadTx, StoreError, WriteTx};

impl ReadTx<'_> {
    /// Whether a member may open a folder, or ever could: what let somebody in, or shut somebody out, names whom.
    pub(crate) fn has_had_grant(
        &self,
        tenant: TenantId,
        folder: FolderId,
        member: MemberId,
    ) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM grant_now WHERE tenant = ?1 AND folder = ?2 AND member = ?3)
                 OR EXISTS (SELECT 1 FROM log WHERE tenant = ?1 AND about = ?3 AND folder = ?2)",
        )?;
        let whose = params![tenant.as_bytes(), folder.as_bytes(), member.as_bytes()];
        Ok(statement.query_row(whose, |row| row.get(0))?)
    }
}

impl WriteTx<'_> {
    /// Deletes the bodies of readings that came before a moment; their places stay.
    pub(crate) fn forget_readings(&self, tenant: TenantId, before_ms: i64) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE log SET body = NULL WHERE tenant = ?1 AND read_log IS NOT NULL AND body IS NOT NULL AND recv_ms < ?2",
        )?;
        statement.execute(params![tenant.as_bytes(), before_ms])?;
        Ok(())
    }
}
