//! What others wrote in a member's stead, and what went to a colleague.

use feltbog_domain::{DocumentId, FolderId, MemberId};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt};

/// An entry somebody wrote who stood in for this member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanwhileRow {
    /// The entry.
    pub document: DocumentId,
    /// Who wrote it.
    pub by: MemberId,
}

/// A case that went to a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedAwayRow {
    /// Its number.
    pub case_number: String,
    /// Name of who has it now.
    pub receiver: String,
    /// When this device learnt of it, milliseconds since 1970.
    pub at_ms: i64,
}

impl Reader<'_> {
    /// What was written in this member's stead and was not seen yet, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn meanwhile(&self) -> Result<Vec<MeanwhileRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT m.document, m.by_member FROM meanwhile m JOIN entry e ON e.document = m.document
             ORDER BY e.at_ms DESC, m.document",
        )?;
        let rows = statement.query_map([], |row| Ok(MeanwhileRow { document: row.id(0)?, by: row.id(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Cases that went to a colleague after a time, newest first.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn handed_away(&self, since_ms: i64) -> Result<Vec<HandedAwayRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT case_number, receiver, at_ms FROM handed_away WHERE at_ms > ?1 ORDER BY at_ms DESC, case_number",
        )?;
        let rows = statement.query_map([since_ms], |row| {
            Ok(HandedAwayRow { case_number: row.get(0)?, receiver: row.get(1)?, at_ms: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Somebody wrote this in the member's stead.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_meanwhile(&self, document: DocumentId, folder: FolderId, by: MemberId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO meanwhile (document, folder, by_member) VALUES (?1, ?2, ?3)")?
            .execute((document.sql(), folder.sql(), by.sql()))?;
        Ok(())
    }

    /// The member has seen what was written meanwhile.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn saw_meanwhile(&self) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM meanwhile")?.execute([])?;
        Ok(())
    }

    /// A case went to a colleague.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_handed_away(&self, folder: FolderId, row: &HandedAwayRow) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO handed_away (folder, case_number, receiver, at_ms) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((folder.sql(), &row.case_number, &row.receiver, row.at_ms))?;
        Ok(())
    }

    /// A case came back, or never came: nothing is told of its folder any more.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_handed_away(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM handed_away WHERE folder = ?1")?.execute([folder.sql()])?;
        Ok(())
    }
}
