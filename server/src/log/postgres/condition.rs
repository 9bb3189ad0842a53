//! How the store is, in numbers, for those who run the server.

use super::columns::{id, number, small, small_if_any};
use super::{Condition, DeviceReport, StoreError, Tx};

impl Tx<'_> {
    /// Sums over all municipalities.
    pub(super) fn condition(&self) -> Result<Condition, StoreError> {
        let sums = "SELECT
            (SELECT count(*) FROM tenant),
            (SELECT count(*) FROM tenant WHERE healing),
            (SELECT count(*) FROM device),
            (SELECT coalesce(sum(unsent), 0)::bigint FROM device WHERE state = 'active'),
            (SELECT coalesce(sum(head), 0)::bigint FROM tenant),
            (SELECT coalesce(max(recv_ms), 0) FROM log JOIN tenant ON tenant.id = log.tenant AND tenant.head = log.seq)";
        let row = self.session.row(sums, &[])?.ok_or(StoreError::Value { column: 0 })?;
        Ok(Condition {
            tenants: number(&row, 0)?,
            healing: number(&row, 1)?,
            devices: number(&row, 2)?,
            unsent: number(&row, 3)?,
            rows: number(&row, 4)?,
            newest_ms: number(&row, 5)?,
        })
    }

    /// How large the database is, in bytes.
    pub(super) fn bytes(&self) -> Result<u64, StoreError> {
        let row = self.session.row("SELECT pg_database_size(current_database())", &[])?;
        row.map_or(Ok(0), |row| number(&row, 0))
    }
}

/// What every device that was not shut out last said of itself.
pub(super) fn device_reports(transaction: &Tx<'_>) -> Result<Vec<DeviceReport>, StoreError> {
    let rows = transaction.session.rows(
        "SELECT id, last_seen_ms, coalesce(unsent, 0), oldest_unsent_hours, coalesce(quarantined, 0)
         FROM device WHERE state = 'active' ORDER BY tenant, id",
        &[],
    )?;
    let report = |row| {
        Ok(DeviceReport {
            device: id(row, 0)?,
            last_seen_ms: small_if_any(row, 1)?,
            unsent: small(row, 2)?,
            oldest_unsent_hours: small_if_any(row, 3)?,
            quarantined: small(row, 4)?,
        })
    };
    rows.iter().map(report).collect()
}

/// Writes, and changes nothing: whether a commit reaches the disk now.
pub(super) fn touch(transaction: &Tx<'_>) -> Result<(), StoreError> {
    transaction.session.run("UPDATE tenant SET head = head WHERE id = (SELECT id FROM tenant LIMIT 1)", &[])?;
    Ok(())
}
