//! Notes in which somebody else wrote after this member had, until that was seen.

use feltbog_domain::{DocumentId, FolderId};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::AsSql;

impl Reader<'_> {
    /// The state this member saw last of a note in which somebody else wrote since; nothing where there is nothing new.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn seen_before(&self, document: DocumentId) -> Result<Option<String>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT seen FROM both_wrote WHERE document = ?1")?;
        Ok(statement.query_row([document.sql()], |row| row.get(0)).optional()?)
    }
}

impl Writer<'_> {
    /// Somebody else wrote in what this member had seen so. The oldest state that was not seen again counts.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_both_wrote(&self, document: DocumentId, folder: FolderId, seen: &str) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO both_wrote (document, folder, seen) VALUES (?1, ?2, ?3)")?
            .execute((document.sql(), folder.sql(), seen))?;
        Ok(())
    }

    /// This member has seen what others wrote.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn saw_both_wrote(&self, document: DocumentId) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM both_wrote WHERE document = ?1")?.execute([document.sql()])?;
        Ok(())
    }
}
