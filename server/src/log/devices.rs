//! What the server keeps of each device: how far it has pushed, when it was seen, its counts.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::Stats;
use rusqlite::{OptionalExtension, params};

use super::columns::{bound, number};
use super::{ReadTx, StoreError, WriteTx};

impl ReadTx<'_> {
    /// The highest number disposed of for a device; 0 for one that is not known.
    pub(crate) fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT last_dseq FROM device WHERE tenant = ?1 AND id = ?2")?;
        let found = statement.query_row(params![tenant.as_bytes(), device.as_bytes()], |row| number(row, 0));
        Ok(found.optional()?.unwrap_or(0))
    }
}

impl WriteTx<'_> {
    /// A device was certified by row `cert_seq`.
    pub(super) fn add_device(
        &self,
        tenant: TenantId,
        device: DeviceId,
        member: MemberId,
        cert_seq: u64,
    ) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO device (tenant, id, member, cert_seq) VALUES (?1, ?2, ?3, ?4)")?;
        statement.execute(params![tenant.as_bytes(), device.as_bytes(), member.as_bytes(), bound(cert_seq)])?;
        Ok(())
    }

    /// Everything up to `dseq` is disposed of.
    pub(super) fn advance(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE device SET last_dseq = max(last_dseq, ?3) WHERE tenant = ?1 AND id = ?2")?;
        statement.execute(params![tenant.as_bytes(), device.as_bytes(), bound(dseq)])?;
        Ok(())
    }

    /// The device was here, and said this of itself.
    pub(crate) fn note_seen(
        &self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
        stats: &Stats,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE device SET last_seen_ms = ?3, quarantined = ?4, unsent = ?5, oldest_unsent_hours = ?6
             WHERE tenant = ?1 AND id = ?2",
        )?;
        statement.execute(params![
            tenant.as_bytes(),
            device.as_bytes(),
            now_ms,
            stats.quarantined,
            stats.unsent,
            stats.oldest_unsent_hours
        ])?;
        Ok(())
    }
}
