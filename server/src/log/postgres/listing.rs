//! The log as the people see it who run the server.

use feltbog_domain::TenantId;

use super::columns::{bound, bytes, get, hash, id, number, small};
use super::{LoggedRow, StoreError, Tx};

impl Tx<'_> {
    /// At most `limit` rows after `after`, each with its first `most` bytes.
    pub(super) fn listing(
        &self,
        tenant: TenantId,
        after: u64,
        limit: u64,
        most: u64,
    ) -> Result<Vec<LoggedRow>, StoreError> {
        let rows = self.session.rows(
            "SELECT seq, kind, folder, device, dseq, size, recv_ms,
                    coalesce(substring(body FROM 1 FOR $4), ''::bytea), masked, folder, env_hash
             FROM log WHERE tenant = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            &[&bytes(tenant.as_bytes()), &bound(after), &bound(limit), &i32::try_from(most).unwrap_or(i32::MAX)],
        )?;
        let logged = |row| {
            Ok(LoggedRow {
                seq: number(row, 0)?,
                kind: small(row, 1)?,
                folder: id(row, 2)?,
                device: id(row, 3)?,
                dseq: number(row, 4)?,
                size: number(row, 5)?,
                received_ms: get(row, 6)?,
                hash: hash(row, 10)?,
                first_bytes: self.unmasked(tenant, row, 7, 8)?.unwrap_or_default(),
            })
        };
        rows.iter().map(logged).collect()
    }
}
