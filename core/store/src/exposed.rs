//! Folders whose keys are in other hands since a device or a member was shut out.

use feltbog_domain::{FolderId, MemberId};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt};

impl Reader<'_> {
    /// The folders a member may open now.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_granted_to(&self, member: MemberId) -> Result<Vec<FolderId>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT folder FROM folder_grant WHERE member = ?1 ORDER BY folder")?;
        let rows = statement.query_map([member.sql()], |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// A folder's newest key is in other hands: whoever writes next makes a new one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owe_rotation(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE folder SET rotation_due = 1 WHERE id = ?1")?.execute([folder.sql()])?;
        Ok(())
    }

    /// Forgets this member's own keys, and what was prepared to be kept: the device was shut out.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_keys(&self) -> Result<(), StoreError> {
        for statement in
            ["DELETE FROM user_key", "DELETE FROM backfill", "DELETE FROM log_point", "DELETE FROM handed_away"]
        {
            self.sql.prepare_cached(statement)?.execute([])?;
        }
        Ok(())
    }

    /// Key records of folders whose newest key is not here are looked at again: one may be wrapped for a key of this
    /// member that has come since.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn retry_key_records(&self) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored' WHERE kind = 3 AND status = 'applied' AND tenant_seq IS NOT NULL
                   AND folder IN (SELECT id FROM folder WHERE NOT EXISTS
                       (SELECT 1 FROM folder_key k WHERE k.folder = folder.id AND k.epoch = folder.key_epoch))",
            )?
            .execute([])?;
        Ok(())
    }
}
