//! Words that left the index with a folder or an entry.
//!
//! SQLite takes them out of the index itself, and leaves what parts its pages from each other: as much of the word a page
//! once began with as tells it from the word before. That may be most of a name.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior};

use crate::open::{Reader, StoreError, Writer};

/// Stands in `meta` from when words left until nothing of them is left.
const GONE: &str = "search_gone";

impl Writer<'_> {
    /// Words have left the index in this transaction.
    pub(crate) fn mark_gone_words(&self) -> Result<(), StoreError> {
        self.set_meta(GONE, &[1])
    }
}

/// Writes the index anew where something of a word is left that stands in no entry any more.
pub(crate) fn forget_gone_words(connection: &mut Connection) -> Result<(), StoreError> {
    if (Reader { sql: connection }).meta(GONE)?.is_none() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let w = Writer::within(&transaction);
    if w.has_part_of_a_gone_word()? {
        w.sql.execute_batch("INSERT INTO entry_text (entry_text) VALUES ('rebuild')")?;
    }
    w.remove_meta(GONE)?;
    transaction.commit()?;
    Ok(())
}

impl Reader<'_> {
    fn has_part_of_a_gone_word(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT CAST(term AS BLOB) FROM temp.entry_word")?;
        let words = statement.query_map([], |row| row.get(0))?;
        let words: BTreeSet<Vec<u8>> = words.collect::<Result<_, _>>()?;
        let mut statement = self.sql.prepare_cached("SELECT term FROM entry_text_idx")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            // The first byte says which of the indexes: that of words, or those of their first letters.
            let parts = row.get_ref(0)?.as_bytes_or_null().ok().flatten().and_then(|term| term.get(1..));
            let Some(part) = parts.filter(|part| !part.is_empty()) else { continue };
            if !words.range(part.to_vec()..).next().is_some_and(|word| word.starts_with(part)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
