//! Folders whose keys a key store of another day does not have: their key records can be read by nobody.

use std::collections::HashSet;

use feltbog_domain::{FolderId, TenantId};

use super::columns::{bytes, id};
use super::session::Session;
use super::{StoreError, Tx};
use crate::log::shred::{ErasedRow, ShredStore};

/// Those of a database beside a key store; what was erased has no key on purpose.
pub(super) fn without_key(session: &Session, shred: &ShredStore) -> Result<Vec<(TenantId, FolderId)>, StoreError> {
    let erased: HashSet<_> = shred.erasure_log()?.iter().map(ErasedRow::place).collect();
    let mut found = Vec::new();
    for row in &session.rows("SELECT DISTINCT tenant, folder FROM log WHERE masked", &[])? {
        let (tenant, folder): (TenantId, FolderId) = (id(row, 0)?, id(row, 1)?);
        if !erased.contains(&(tenant, folder)) && shred.key(tenant, folder)?.is_none() {
            found.push((tenant, folder));
        }
    }
    Ok(found)
}

impl Tx<'_> {
    /// Takes out what nobody can read. Under a key that is made for the folder later it would be
    /// read as something else, and the whole store taken for damaged.
    pub(super) fn empty_what_has_no_key(&self) -> Result<(), StoreError> {
        for (tenant, folder) in &without_key(self.session, self.shred)? {
            self.session.run(
                "UPDATE log SET body = NULL WHERE tenant = $1 AND folder = $2 AND masked",
                &[&bytes(tenant.as_bytes()), &bytes(folder.as_bytes())],
            )?;
        }
        Ok(())
    }
}

/// Their key records are not handed out, since nobody could read them. Devices that hold the key have to bring their wraps
/// again.
pub(super) fn warn_of_lost_keys(session: &Session, shred: &ShredStore) -> Result<(), StoreError> {
    for (tenant, folder) in without_key(session, shred)? {
        tracing::warn!(%tenant, %folder, "the shred store lacks the key of a folder: its key records are lost");
    }
    Ok(())
}
