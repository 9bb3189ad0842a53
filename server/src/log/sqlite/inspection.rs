//! Looking the file of a store through, or a copy of one.

use std::collections::HashSet;
use std::path::Path;

use feltbog_domain::TenantId;
use feltbog_protocol::{EnvelopeHash, LogChain};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::columns::{id, number};
use super::database::read_copy;
use super::lost_keys::without_key;
use super::{ReadTx, StoreError};
use crate::log::inspection::{Flaw, Inspection, Walk};
use crate::log::shred::ErasedRow;

/// Looks a store through: `shred` is where its shred store lies, `receipt_key` the public part of the key beside it.
pub(crate) fn inspect(path: &Path, shred: &Path, receipt_key: &[u8; 32]) -> Result<Inspection, StoreError> {
    read_copy(path, shred, |transaction| {
        let mut found = Inspection::default();
        found.file(transaction.connection)?;
        for (tenant, _) in transaction.tenants()? {
            found.tenants += 1;
            found.log(transaction, tenant)?;
            found.key(transaction, tenant, receipt_key)?;
        }
        found.erasures(transaction)?;
        Ok(found)
    })
}

impl Inspection {
    fn file(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("PRAGMA integrity_check(10)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        for line in lines {
            let line = line?;
            if line != "ok" {
                self.flaws.push(Flaw::File(line));
            }
        }
        Ok(())
    }

    fn log(&mut self, transaction: &ReadTx<'_>, tenant: TenantId) -> Result<(), StoreError> {
        let head = transaction.tenant(tenant)?.map_or(0, |row| row.head);
        let mut statement = transaction
            .connection
            .prepare("SELECT seq, chain, body, masked, folder, env_hash FROM log WHERE tenant = ?1 ORDER BY seq")?;
        let mut rows = statement.query([tenant.as_bytes()])?;
        let mut walk = Walk::of(tenant);
        while let Some(row) = rows.next()? {
            let stored = row.get::<_, Option<[u8; 32]>>(1)?.map(LogChain);
            let is_erased = row.get_ref(2)? == ValueRef::Null;
            let body = if is_erased { None } else { transaction.unmasked(tenant, row, 2, 3)? };
            walk.row(self, number(row, 0)?, stored, EnvelopeHash(row.get(5)?), body);
        }
        walk.end(self, head);
        Ok(())
    }

    fn erasures(&mut self, transaction: &ReadTx<'_>) -> Result<(), StoreError> {
        let listed: HashSet<_> = transaction.shred.erasure_log()?.iter().map(ErasedRow::place).collect();
        let mut statement =
            transaction.connection.prepare("SELECT tenant, id FROM folder WHERE erased_seq IS NOT NULL")?;
        for folder in statement.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
            let (tenant, folder) = folder?;
            if !listed.contains(&(tenant, folder)) {
                self.flaws.push(Flaw::Unlisted { tenant, folder });
            }
        }
        let mut content = transaction
            .connection
            .prepare("SELECT EXISTS (SELECT 1 FROM log WHERE tenant = ?1 AND folder = ?2 AND body IS NOT NULL)")?;
        for (tenant, folder) in &listed {
            self.to_erase += content.query_row(params![tenant.as_bytes(), folder.as_bytes()], |row| number(row, 0))?;
        }
        self.without_key = without_key(transaction.connection, transaction.shred)?.len() as u64;
        Ok(())
    }
}
