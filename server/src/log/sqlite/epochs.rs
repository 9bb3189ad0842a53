//! The log's epochs: a log that was put back from a copy goes on under a new one.

use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{Envelope, LogChain};
use rusqlite::{OptionalExtension, params};

use super::columns::{bound, id, number};
use super::{AccessRow, ReadTx, Standing, StoreError, WriteTx};

impl ReadTx<'_> {
    /// Where every tenant's log stands.
    pub(crate) fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id, epoch, head FROM tenant ORDER BY id")?;
        let rows = statement
            .query_map([], |row| Ok(Standing { tenant: id(row, 0)?, epoch: row.get(1)?, head: number(row, 2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The running hash of the log at a place; nothing beyond the newest row, and at those from before it was kept.
    pub(crate) fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError> {
        if seq == 0 {
            return Ok(Some(LogChain::default()));
        }
        let mut statement = self.connection.prepare_cached("SELECT chain FROM log WHERE tenant = ?1 AND seq = ?2")?;
        let found: Option<Option<[u8; 32]>> =
            statement.query_row(params![tenant.as_bytes(), bound(seq)], |row| row.get(0)).optional()?;
        Ok(found.flatten().map(LogChain))
    }

    /// The newest row of an earlier epoch that is still here; nothing for an epoch that began after the copy was made
    /// from which the log was restored.
    pub(crate) fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT ended_seq FROM past_epoch WHERE tenant = ?1 AND epoch = ?2")?;
        Ok(statement.query_row(params![tenant.as_bytes(), epoch], |row| number(row, 0)).optional()?)
    }

    /// Whether a device has delivered again, in this epoch, everything it had receipts for.
    pub(crate) fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM device WHERE tenant = ?1 AND id = ?2 AND whole_epoch = ?3)",
        )?;
        Ok(statement.query_row(params![tenant.as_bytes(), device.as_bytes(), epoch], |row| row.get(0))?)
    }

    /// The key records, grants and revocations of a folder after row `after`, in order.
    pub(crate) fn access_rows(
        &self,
        tenant: TenantId,
        folder: FolderId,
        after: u64,
    ) -> Result<Vec<AccessRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, proven, body, masked, folder, env_hash FROM log
             WHERE tenant = ?1 AND folder = ?2 AND seq > ?3 AND kind IN (3, 4, 5) AND body IS NOT NULL ORDER BY seq",
        )?;
        let mut found = statement.query(params![tenant.as_bytes(), folder.as_bytes(), bound(after)])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let (seq, proven) = (number(row, 0)?, row.get(1)?);
            let Some(body) = self.unmasked(tenant, row, 2, 3)? else { continue };
            let envelope = Envelope::decode(body).map_err(|_| StoreError::Corrupt { seq })?;
            rows.push(AccessRow { seq, proven, envelope });
        }
        Ok(rows)
    }
}

impl WriteTx<'_> {
    /// The log was put back from a copy: a new epoch begins at its newest row, and its rows are held back until it is
    /// healed.
    pub(crate) fn begin_epoch(&self, tenant: TenantId, epoch: &[u8; 16], base_seq: u64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO past_epoch (tenant, epoch, ended_seq) SELECT id, epoch, head FROM tenant WHERE id = ?1",
            )?
            .execute([tenant.as_bytes()])?;
        self.connection
            .prepare_cached(
                "UPDATE tenant SET epoch = ?2, epoch_base_seq = min(head, ?3), healing = 1,
                     disordered_from = min(head, ?3, coalesce(disordered_from, head)) WHERE id = ?1",
            )?
            .execute(params![tenant.as_bytes(), epoch, bound(base_seq)])?;
        // Rows beyond stand elsewhere when they come back, and set it anew.
        self.connection
            .prepare_cached("UPDATE folder SET cut_seq = min(cut_seq, ?2) WHERE tenant = ?1")?
            .execute(params![tenant.as_bytes(), bound(base_seq)])?;
        Ok(())
    }

    /// A device has delivered again everything it had receipts for.
    pub(crate) fn note_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE device SET whole_epoch = ?3 WHERE tenant = ?1 AND id = ?2")?
            .execute(params![tenant.as_bytes(), device.as_bytes(), epoch])?;
        Ok(())
    }

    /// Rows are handed out again.
    pub(crate) fn end_healing(&self, tenant: TenantId) -> Result<(), StoreError> {
        self.connection.prepare_cached("UPDATE tenant SET healing = 0 WHERE id = ?1")?.execute([tenant.as_bytes()])?;
        Ok(())
    }
}
