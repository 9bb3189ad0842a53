//! The log as the people see it who run the server.

use feltbog_domain::TenantId;
use feltbog_protocol::EnvelopeHash;
use rusqlite::params;

use super::columns::{bound, id, number};
use super::{LoggedRow, ReadTx, StoreError};

impl ReadTx<'_> {
    /// At most `limit` rows after `after`, each with its first `bytes` bytes.
    pub(crate) fn listing(
        &self,
        tenant: TenantId,
        after: u64,
        limit: u64,
        bytes: u64,
    ) -> Result<Vec<LoggedRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, kind, folder, device, dseq, size, recv_ms, coalesce(substr(body, 1, ?4), x''),
                    masked, folder, env_hash
             FROM log WHERE tenant = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )?;
        let mut found = statement.query(params![tenant.as_bytes(), bound(after), bound(limit), bound(bytes)])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(LoggedRow {
                seq: number(row, 0)?,
                kind: row.get(1)?,
                folder: id(row, 2)?,
                device: id(row, 3)?,
                dseq: number(row, 4)?,
                size: number(row, 5)?,
                received_ms: row.get(6)?,
                hash: EnvelopeHash(row.get(10)?),
                first_bytes: self.unmasked(tenant, row, 7, 8)?.unwrap_or_default(),
            });
        }
        Ok(rows)
    }
}
