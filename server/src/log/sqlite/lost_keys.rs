//! Folders whose keys a key store of another day does not have: their key records can be read by nobody.

use std::collections::HashSet;
use std::path::Path;

use feltbog_domain::{FolderId, TenantId};
use rusqlite::{Connection, params};

use super::StoreError;
use super::columns::id;
use super::database::{open, read_copy};
use crate::log::shred::{ErasedRow, ShredStore};

/// Those of a database beside a key store; what was erased has no key on purpose.
pub(super) fn without_key(
    connection: &Connection,
    shred: &ShredStore,
) -> Result<Vec<(TenantId, FolderId)>, StoreError> {
    let erased: HashSet<_> = shred.erasure_log()?.iter().map(ErasedRow::place).collect();
    let mut masked = connection.prepare("SELECT DISTINCT tenant, folder FROM log WHERE masked = 1")?;
    let mut found = Vec::new();
    for place in masked.query_map([], |row| Ok((id(row, 0)?, id(row, 1)?)))? {
        let (tenant, folder): (TenantId, FolderId) = place?;
        if !erased.contains(&(tenant, folder)) && shred.key(tenant, folder)?.is_none() {
            found.push((tenant, folder));
        }
    }
    Ok(found)
}

/// Whether every key record of a copy can be read with the key store at `shred`.
pub(crate) fn has_every_key(path: &Path, shred: &Path) -> Result<bool, StoreError> {
    read_copy(path, shred, |transaction| Ok(without_key(transaction.connection, transaction.shred)?.is_empty()))
}

/// Takes out what nobody can read, with the key store beside the database. Under a key that is made for the folder later it would
/// be read as something else, and the whole store taken for damaged.
pub(crate) fn empty_what_has_no_key(path: &Path) -> Result<(), StoreError> {
    let (connection, shred) = open(path)?;
    for (tenant, folder) in without_key(&connection, &shred)? {
        connection
            .prepare_cached("UPDATE log SET body = NULL WHERE tenant = ?1 AND folder = ?2 AND masked = 1")?
            .execute(params![tenant.as_bytes(), folder.as_bytes()])?;
    }
    Ok(())
}
