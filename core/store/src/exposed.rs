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

impl Reader<'_> {
    /// Whether everything that was handed in has been taken by the server.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_handed_in_everything(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT NOT EXISTS (SELECT 1 FROM outbox o
                 JOIN env e ON e.device = (SELECT value FROM meta WHERE key = 'device') AND e.dseq = o.dseq
                 WHERE o.code IS NULL OR (e.kind = 11 AND o.code NOT IN ('ok', 'rotation_due')))",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
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

    /// Forgets everything but who this device is, its own sealed envelopes, and the certificates: the device was shut out.
    /// Tables are taken from the database itself, so that none of a later version is left out.
    ///
    /// The caller has handed in what was not sent; `secure_delete` overwrites the pages, and a checkpoint afterwards empties
    /// the write-ahead log.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_everything(&self) -> Result<(), StoreError> {
        let mut statement = self.sql.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
               AND name NOT LIKE 'entry_text_%' AND name NOT IN ('meta', 'env', 'outbox', 'outbox_document')",
        )?;
        let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for table in tables {
            self.sql.execute(&format!("DELETE FROM \"{table}\""), [])?;
        }
        self.sql.execute(
            "DELETE FROM env WHERE kind != 7 AND device != (SELECT value FROM meta WHERE key = 'device')",
            [],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Store, StoreError};

    #[test]
    fn a_device_that_was_shut_out_keeps_no_name_and_no_row_of_anybody() {
        let mut store = Store::in_memory(&[3; 32]).unwrap();
        let counts = |store: &Store| -> Vec<(String, i64)> {
            let sql = store.reader().sql;
            let mut tables = sql
                .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'entry_text_%'")
                .unwrap();
            let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            let count = |name: &String| {
                sql.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0)).unwrap()
            };
            names.iter().map(|name| (name.clone(), count(name))).collect()
        };
        store
            .write(|w| {
                w.set_meta("device", &[1; 16])?;
                w.sql.execute_batch(
                    "INSERT INTO staff (document, member, name, roles) VALUES (x'01', x'02', 'Vera', '[]');
                     INSERT INTO programme (document, id, name) VALUES (x'01', x'02', 'Program');
                     INSERT INTO entry_text (text) VALUES ('fortroligt');
                     INSERT INTO user_key VALUES (1, x'03');
                     INSERT INTO log_point VALUES (1, zeroblob(8));",
                )?;
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert!(counts(&store).iter().filter(|(_, rows)| *rows > 0).count() >= 6);
        store
            .write(|w| {
                w.forget_everything()?;
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let left: Vec<String> =
            counts(&store).into_iter().filter(|(_, rows)| *rows > 0).map(|(name, _)| name).collect();
        assert_eq!(left, ["meta"]);
    }
}
