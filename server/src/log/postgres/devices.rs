//! What the server keeps of each device: how far it has pushed, when it was seen, its counts.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{Header, Stats, limits};

use super::columns::{bound, bytes, get, id, number, small, small_if_any};
use super::{SaidOfItself, StoreError, Tx, Used};
use crate::log::rows::day_of;

impl Tx<'_> {
    /// The highest number disposed of for a device; 0 for one that is not known.
    pub(super) fn last_dseq(&self, tenant: TenantId, device: DeviceId) -> Result<u64, StoreError> {
        let found = self.session.row(
            "SELECT last_dseq FROM device WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes())],
        )?;
        found.map_or(Ok(0), |row| number(&row, 0))
    }

    /// When a device was here last, as far as it was noted.
    pub(super) fn last_seen(&self, tenant: TenantId, device: DeviceId) -> Result<Option<i64>, StoreError> {
        let found = self.session.row(
            "SELECT last_seen_ms FROM device WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes())],
        )?;
        found.map_or(Ok(None), |row| get(&row, 0))
    }

    /// What every device of a municipality last said of itself.
    pub(super) fn said_of_themselves(&self, tenant: TenantId) -> Result<Vec<(DeviceId, SaidOfItself)>, StoreError> {
        let rows = self.session.rows(
            "SELECT id, last_seen_ms, coalesce(unsent, 0), oldest_unsent_hours, coalesce(quarantined, 0), build
             FROM device WHERE tenant = $1",
            &[&bytes(tenant.as_bytes())],
        )?;
        let said = |row| {
            let said = SaidOfItself {
                seen_ms: get(row, 1)?,
                unsent: small(row, 2)?,
                oldest_unsent_hours: small_if_any(row, 3)?,
                quarantined: small(row, 4)?,
                build: small_if_any(row, 5)?,
            };
            Ok((id(row, 0)?, said))
        };
        rows.iter().map(said).collect()
    }

    /// What a device has used on a day.
    pub(super) fn used_on(&self, tenant: TenantId, device: DeviceId, day: i64) -> Result<Used, StoreError> {
        let found = self.session.row(
            "SELECT day_rows, day_bytes, day_deposit_bytes FROM device WHERE tenant = $1 AND id = $2 AND day = $3",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &day],
        )?;
        found.map_or(Ok(Used::default()), |row| {
            Ok(Used { rows: number(&row, 0)?, bytes: number(&row, 1)?, deposit_bytes: number(&row, 2)? })
        })
    }

    /// A device was certified by row `cert_seq`.
    pub(super) fn add_device(
        &self,
        tenant: TenantId,
        device: DeviceId,
        member: MemberId,
        cert_seq: u64,
    ) -> Result<(), StoreError> {
        self.session.run(
            "INSERT INTO device (tenant, id, member, cert_seq) VALUES ($1, $2, $3, $4)",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &bytes(member.as_bytes()), &bound(cert_seq)],
        )?;
        Ok(())
    }

    /// An envelope was stored: everything up to it is disposed of, and it counts for the day. One made in reserve stands
    /// outside of the count.
    pub(super) fn advance(&self, header: &Header, size: u64, is_deposit: bool, now_ms: i64) -> Result<(), StoreError> {
        let counted = if header.dseq < limits::RESERVE_NUMBERS { header.dseq } else { 0 };
        self.session.run(
            "UPDATE device SET
                 last_dseq = greatest(last_dseq, $3),
                 day_rows = 1 + CASE day WHEN $4 THEN day_rows ELSE 0 END,
                 day_bytes = $5::bigint + CASE day WHEN $4 THEN day_bytes ELSE 0 END,
                 day_deposit_bytes = $6::bigint + CASE day WHEN $4 THEN day_deposit_bytes ELSE 0 END,
                 day = $4
             WHERE tenant = $1 AND id = $2",
            &[
                &bytes(header.tenant.as_bytes()),
                &bytes(header.device.as_bytes()),
                &bound(counted),
                &day_of(now_ms),
                &bound(size),
                &if is_deposit { bound(size) } else { 0 },
            ],
        )?;
        Ok(())
    }

    /// Everything up to `dseq` is disposed of.
    pub(super) fn pass(&self, tenant: TenantId, device: DeviceId, dseq: u64) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE device SET last_dseq = greatest(last_dseq, $3) WHERE tenant = $1 AND id = $2",
            &[&bytes(tenant.as_bytes()), &bytes(device.as_bytes()), &bound(dseq)],
        )?;
        Ok(())
    }

    /// The device was here with this build, and said this of itself.
    pub(super) fn note_seen(
        &self,
        tenant: TenantId,
        device: DeviceId,
        now_ms: i64,
        build: u32,
        stats: &Stats,
    ) -> Result<(), StoreError> {
        self.session.run(
            "UPDATE device SET last_seen_ms = $3, quarantined = $4, unsent = $5, oldest_unsent_hours = $6, build = $7
             WHERE tenant = $1 AND id = $2",
            &[
                &bytes(tenant.as_bytes()),
                &bytes(device.as_bytes()),
                &now_ms,
                &i64::from(stats.quarantined),
                &i64::from(stats.unsent),
                &stats.oldest_unsent_hours.map(i64::from),
                &i64::from(build),
            ],
        )?;
        Ok(())
    }
}
