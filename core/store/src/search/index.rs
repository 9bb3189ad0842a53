//! What entries are found by.

use feltbog_domain::search_text;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::{forget_gone_words, searched_texts};
use crate::open::{Reader, StoreError, Writer};
use crate::read_model::{EntryReadRow, EntryRowWrite};

/// Stands in `meta` while the index holds every entry.
const FILLED: &str = "search_filled";

impl Writer<'_> {
    /// Writes what an entry is found by. One that was marked as mistaken is found by nothing: it stays where it was written
    /// and nowhere else.
    pub(crate) fn index_entry(&self, row: i64, entry: &EntryRowWrite<'_>) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM entry_text WHERE rowid = ?1")?.execute([row])?;
        if entry.fields.marks.mistaken.is_some() {
            return Ok(());
        }
        let texts: Vec<&str> = searched_texts(entry.note, entry.fields).collect();
        self.sql
            .prepare_cached("INSERT INTO entry_text (rowid, text) VALUES (?1, ?2)")?
            .execute((row, search_text(&texts.join("\n"))))?;
        Ok(())
    }
}

/// Gives this connection a view of the words in the index, and brings the index to where it ought to be.
pub(crate) fn make_ready(connection: &mut Connection) -> Result<(), StoreError> {
    connection.execute_batch("CREATE VIRTUAL TABLE temp.entry_word USING fts5vocab ('main', 'entry_text', 'row')")?;
    fill_if_empty(connection)?;
    // Where the program ended before it came to it.
    forget_gone_words(connection)
}

/// Indexes every entry where a new form of the index has left it empty.
fn fill_if_empty(connection: &mut Connection) -> Result<(), StoreError> {
    if (Reader { sql: connection }).meta(FILLED)?.is_some() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let w = Writer::within(&transaction);
    let mut after = i64::MIN;
    while let Some((row, entry)) = w.entry_after(after)? {
        w.index_entry(
            row,
            &EntryRowWrite {
                document: entry.document,
                folder: entry.folder,
                fields: &entry.fields,
                note: &entry.note,
                conflicts: &entry.conflicts,
            },
        )?;
        after = row;
    }
    w.set_meta(FILLED, &[1])?;
    transaction.commit()?;
    Ok(())
}

impl Reader<'_> {
    fn entry_after(&self, row: i64) -> Result<Option<(i64, EntryReadRow)>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT min(row) FROM entry WHERE row > ?1")?;
        let next: Option<i64> = statement.query_row([row], |row| row.get(0)).optional()?.flatten();
        let Some(next) = next else { return Ok(None) };
        Ok(self.entry_in_row(next)?.map(|entry| (next, entry)))
    }
}
