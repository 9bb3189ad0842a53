//! What the server keeps of each device: how far it has pushed, when it was seen, its counts.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{Header, Stats, limits};
use rusqlite::{OptionalExtension, params};

use super::columns::{bound, id, number};
use super::{ReadTx, SaidOfItself, StoreError, Used, WriteTx};
use crate::log::rows::day_of;

impl ReadTx<'_> {
    /// The highest number disposed of for a device; 0 for one that is not known.
    pub(crate) fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT last_dseq FROM device WHERE tenant = ?1 AND id = ?2")?;
        let found = statement.query_row(params![tenant.as_bytes(), device.as_bytes()], |row| number(row, 0));
        Ok(found.optional()?.unwrap_or(0))
    }

    /// When a device was here last, as far as it was noted.
    pub(crate) fn last_seen(&self, tenant: TenantId, device: DeviceId) -> Result<Option<i64>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT last_seen_ms FROM device WHERE tenant = ?1 AND id = ?2")?;
        let found = statement.query_row(params![tenant.as_bytes(), device.as_bytes()], |row| row.get(0));
        Ok(found.optional()?.flatten())
    }
}

impl ReadTx<'_> {
    /// What every device of a municipality last said of itself.
    pub(crate) fn said_of_themselves(&self, tenant: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, last_seen_ms, coalesce(unsent, 0), oldest_unsent_hours, coalesce(quarantined, 0), build
             FROM device WHERE tenant = ?1",
        )?;
        let rows = statement.query_map(params![tenant.as_bytes()], |row| {
            let said = SaidOfItself {
                seen_ms: row.get(1)?,
                unsent: row.get(2)?,
                oldest_unsent_hours: row.get(3)?,
                quarantined: row.get(4)?,
                build: row.get(5)?,
            };
            Ok((id(row, 0)?, said))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a device has used on a day.
    pub(crate) fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT day_rows, day_bytes, day_deposit_bytes FROM device WHERE tenant = ?1 AND id = ?2 AND day = ?3",
        )?;
        let found = statement.query_row(params![tenant.as_bytes(), device.as_bytes(), day], |row| {
            Ok(Used { rows: number(row, 0)?, bytes: number(row, 1)?, deposit_bytes: number(row, 2)? })
        });
        Ok(found.optional()?.unwrap_or_default())
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

    /// An envelope was stored: everything up to it is disposed of, and it counts for the day. One made in reserve stands
    /// outside of the count.
    pub(super) fn advance(&self, header: &Header, size: u64, is_deposit: bool, now_ms: i64) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE device SET
                 last_dseq = max(last_dseq, CASE WHEN ?3 < ?7 THEN ?3 ELSE 0 END),
                 day_rows = 1 + CASE day WHEN ?4 THEN day_rows ELSE 0 END,
                 day_bytes = ?5 + CASE day WHEN ?4 THEN day_bytes ELSE 0 END,
                 day_deposit_bytes = ?6 + CASE day WHEN ?4 THEN day_deposit_bytes ELSE 0 END,
                 day = ?4
             WHERE tenant = ?1 AND id = ?2",
        )?;
        statement.execute(params![
            header.tenant.as_bytes(),
            header.device.as_bytes(),
            bound(header.dseq),
            day_of(now_ms),
            bound(size),
            if is_deposit { bound(size) } else { 0 },
            bound(limits::RESERVE_NUMBERS)
        ])?;
        Ok(())
    }

    /// Everything up to `dseq` is disposed of.
    pub(super) fn pass(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE device SET last_dseq = max(last_dseq, ?3) WHERE tenant = ?1 AND id = ?2")?;
        statement.execute(params![tenant.as_bytes(), device.as_bytes(), bound(dseq)])?;
        Ok(())
    }

    /// The device was here with this build, and said this of itself.
    pub(crate) fn note_seen(
        &self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
        build: u32,
        stats: &Stats,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE device SET last_seen_ms = ?3, quarantined = ?4, unsent = ?5, oldest_unsent_hours = ?6, build = ?7
             WHERE tenant = ?1 AND id = ?2",
        )?;
        statement.execute(params![
            tenant.as_bytes(),
            device.as_bytes(),
            now_ms,
            stats.quarantined,
            stats.unsent,
            stats.oldest_unsent_hours,
            build
        ])?;
        Ok(())
    }
}
