//! Looking a whole store through.

use std::collections::HashSet;

use feltbog_domain::{FolderId, TenantId};
use feltbog_protocol::LogChain;

use super::columns::{array_if_any, bound, bytes, get, hash, id, number};
use super::lost_keys::without_key;
use super::{StoreError, Tx};
use crate::log::inspection::{Flaw, Inspection, Walk};
use crate::log::shred::ErasedRow;

/// Rows in memory at a time; each may be as large as an envelope.
const STRETCH: i64 = 200;

impl Tx<'_> {
    /// Every row against the log's running hash, the receipt key against what devices know, the list of erasures against what is
    /// erased. The pages themselves are the database's own (`pg_amcheck`).
    pub(in crate::log) fn inspect(&self, receipt_key: &[u8; 32]) -> Result<Inspection, StoreError> {
        let mut found = Inspection::default();
        for (tenant, _) in self.tenants()? {
            found.tenants += 1;
            self.walk(&mut found, tenant)?;
            found.key(self, tenant, receipt_key)?;
        }
        self.look_for_unlisted(&mut found)?;
        found.without_key = without_key(self.session, self.shred)?.len() as u64;
        Ok(found)
    }

    fn walk(&self, found: &mut Inspection, tenant: TenantId) -> Result<(), StoreError> {
        let head = self.tenant(tenant)?.map_or(0, |row| row.head);
        let (mut walk, mut after) = (Walk::of(tenant), 0);
        loop {
            let rows = self.session.rows(
                "SELECT seq, chain, coalesce(body, ''), masked, folder, env_hash, body IS NULL FROM log
                 WHERE tenant = $1 AND seq > $2 ORDER BY seq LIMIT $3",
                &[&bytes(tenant.as_bytes()), &bound(after), &STRETCH],
            )?;
            for row in &rows {
                after = number(row, 0)?;
                let body = if get(row, 6)? { None } else { self.unmasked(tenant, row, 2, 3)? };
                walk.row(found, after, array_if_any(row, 1)?.map(LogChain), hash(row, 5)?, body);
            }
            if rows.is_empty() {
                walk.end(found, head);
                return Ok(());
            }
        }
    }

    fn look_for_unlisted(&self, found: &mut Inspection) -> Result<(), StoreError> {
        let listed: HashSet<_> = self.shred.erasure_log()?.iter().map(ErasedRow::place).collect();
        for row in &self.session.rows("SELECT tenant, id FROM folder WHERE erased_seq IS NOT NULL", &[])? {
            let (tenant, folder): (TenantId, FolderId) = (id(row, 0)?, id(row, 1)?);
            if !listed.contains(&(tenant, folder)) {
                found.flaws.push(Flaw::Unlisted { tenant, folder });
            }
        }
        for (tenant, folder) in &listed {
            let content = self.session.row(
                "SELECT 1 FROM log WHERE tenant = $1 AND folder = $2 AND body IS NOT NULL LIMIT 1",
                &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes())],
            )?;
            found.to_erase += u64::from(content.is_some());
        }
        Ok(())
    }
}
