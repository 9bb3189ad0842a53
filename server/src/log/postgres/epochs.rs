//! The log's epochs: a log that was put back from a copy goes on under a new one.

use feltbog_domain::{DeviceId, FolderId, TenantId};
use feltbog_protocol::{Envelope, LogChain};

use super::columns::{array, array_if_any, bound, bytes, get, id, number};
use super::{AccessRow, Standing, StoreError, Tx};

impl Tx<'_> {
    /// Where every tenant's log stands.
    pub(super) fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let rows = self.session.rows("SELECT id, epoch, head FROM tenant ORDER BY id", &[])?;
        let standing = |row| Ok(Standing { tenant: id(row, 0)?, epoch: array(row, 1)?, head: number(row, 2)? });
        rows.iter().map(standing).collect()
    }

    /// The running hash of the log at a place; nothing beyond the newest row.
    pub(super) fn chain_at(&self, tenant: TenantId, seq: u64) -> Result<Option<LogChain>, StoreError> {
        if seq == 0 {
            return Ok(Some(LogChain::default()));
        }
        let sql = "SELECT chain FROM log WHERE tenant = $1 AND seq = $2";
        let found = self.session.row(sql, &[&bytes(tenant.as_bytes()), &bound(seq)])?;
        let chain: Option<[u8; 32]> = found.map_or(Ok(None), |row| array_if_any(&row, 0))?;
        Ok(chain.map(LogChain))
    }

    /// The newest row of an earlier epoch that is still here; nothing for an epoch that began after the copy was made
    /// from which the log was restored.
    pub(super) fn end_of_epoch(&self, tenant: TenantId, epoch: &[u8; 16]) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT ended_seq FROM past_epoch WHERE tenant = $1 AND epoch = $2";
        let found = self.session.row(sql, &[&bytes(tenant.as_bytes()), &bytes(epoch)])?;
        found.map(|row| number(&row, 0)).transpose()
    }

    /// Whether a device has delivered again, in this epoch, everything it had receipts for.
    pub(super) fn is_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<bool, StoreError> {
        let found = self.session.row(
            "SELECT EXISTS (SELECT 1 FROM device WHERE tenant = $1 AND id = $2 AND whole_epoch = $3)",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &bytes(epoch)],
        )?;
        found.map_or(Ok(false), |row| get(&row, 0))
    }

    /// The key records, grants and revocations of a folder after row `after`, in order.
    pub(super) fn access_rows(
        &self,
        tenant: TenantId,
        folder: FolderId,
        after: u64,
    ) -> Result<Vec<AccessRow>, StoreError> {
        let found = self.session.rows(
            "SELECT seq, proven, body, masked, folder, env_hash FROM log
             WHERE tenant = $1 AND folder = $2 AND seq > $3 AND kind IN (3, 4, 5) AND body IS NOT NULL ORDER BY seq",
            &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes()), &bound(after)],
        )?;
        let mut rows = Vec::new();
        for row in &found {
            let (seq, proven) = (number(row, 0)?, get(row, 1)?);
            let Some(body) = self.unmasked(tenant, row, 2, 3)? else { continue };
            let envelope = Envelope::decode(body).map_err(|_| StoreError::Corrupt { seq })?;
            rows.push(AccessRow { seq, proven, envelope });
        }
        Ok(rows)
    }

    /// The log was put back from a copy: a new epoch begins at its newest row, and its rows are held back until it is
    /// healed.
    pub(super) fn begin_epoch(&self, tenant: TenantId, epoch: &[u8; 16], base_seq: u64) -> Result<(), StoreError> {
        let (tenant, base_seq) = (bytes(tenant.as_bytes()), bound(base_seq));
        self.session.run(
            "INSERT INTO past_epoch (tenant, epoch, ended_seq) SELECT id, epoch, head FROM tenant WHERE id = $1",
            &[&tenant],
        )?;
        self.session.run(
            "UPDATE tenant SET epoch = $2, epoch_base_seq = least(head, $3), healing = TRUE,
                 disordered_from = least(head, $3, coalesce(disordered_from, head)) WHERE id = $1",
            &[&tenant, &bytes(epoch), &base_seq],
        )?;
        // Rows beyond stand elsewhere when they come back, and set it anew.
        self.session.run("UPDATE folder SET cut_seq = least(cut_seq, $2) WHERE tenant = $1", &[&tenant, &base_seq])?;
        Ok(())
    }

    /// A device has delivered again everything it had receipts for.
    pub(super) fn note_whole(&self, tenant: TenantId, device: DeviceId, epoch: &[u8; 16]) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE device SET whole_epoch = $3 WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &bytes(epoch)],
        )?;
        Ok(())
    }

    /// Rows are handed out again.
    pub(super) fn end_healing(&self, tenant: TenantId) -> Result<(), StoreError> {
        self.session.run("UPDATE tenant SET healing = FALSE WHERE id = $1", &[&bytes(tenant.as_bytes())])?;
        Ok(())
    }
}
