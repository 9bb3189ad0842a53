//! How the store is, in numbers, for those who run the server.

use std::path::Path;

use feltbog_domain::DeviceId;
use rusqlite::Connection;

use super::StoreError;
use super::columns::{id, number};
use super::database::open_read_only;

/// Sums over all municipalities; nothing of anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Condition {
    /// Municipalities.
    pub(crate) tenants: u64,
    /// Those whose restored log is held back still.
    pub(crate) healing: u64,
    /// Devices that were ever enrolled.
    pub(crate) devices: u64,
    /// Envelopes that devices last said they had not sent.
    pub(crate) unsent: u64,
    /// Rows of all logs.
    pub(crate) rows: u64,
    /// When the newest row came, milliseconds since 1970; 0 for an empty log.
    pub(crate) newest_ms: u64,
}

/// Reads it, also while a server writes.
pub(crate) fn condition(path: &Path) -> Result<Condition, StoreError> {
    let connection = open_read_only(path)?;
    let sums = "SELECT
        (SELECT count(*) FROM tenant),
        (SELECT coalesce(sum(healing), 0) FROM tenant),
        (SELECT count(*) FROM device),
        (SELECT coalesce(sum(unsent), 0) FROM device WHERE state = 'active'),
        (SELECT coalesce(sum(head), 0) FROM tenant),
        (SELECT coalesce(max(recv_ms), 0) FROM log JOIN tenant ON tenant.id = log.tenant AND tenant.head = log.seq)";
    Ok(connection.query_row(sums, [], |row| {
        Ok(Condition {
            tenants: number(row, 0)?,
            healing: number(row, 1)?,
            devices: number(row, 2)?,
            unsent: number(row, 3)?,
            rows: number(row, 4)?,
            newest_ms: number(row, 5)?,
        })
    })?)
}

/// Writes, and changes nothing: whether a commit reaches the disk now.
pub(super) fn touch(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE tenant SET head = head WHERE id = (SELECT min(id) FROM tenant)", [])?;
    Ok(())
}

/// What a device last said of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DeviceReport {
    pub(crate) device: DeviceId,
    pub(crate) last_seen_ms: Option<i64>,
    /// Envelopes it had not sent.
    pub(crate) unsent: u32,
    /// How long the oldest of them had waited.
    pub(crate) oldest_unsent_hours: Option<u32>,
    /// Rows it could not take in.
    pub(crate) quarantined: u32,
}

/// Of every device that was not shut out, also while a server writes.
pub(crate) fn device_reports(path: &Path) -> Result<Vec<DeviceReport>, StoreError> {
    let connection = open_read_only(path)?;
    let mut statement = connection.prepare(
        "SELECT id, last_seen_ms, coalesce(unsent, 0), oldest_unsent_hours, coalesce(quarantined, 0)
         FROM device WHERE state = 'active' ORDER BY tenant, id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(DeviceReport {
            device: id(row, 0)?,
            last_seen_ms: row.get(1)?,
            unsent: row.get(2)?,
            oldest_unsent_hours: row.get(3)?,
            quarantined: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
