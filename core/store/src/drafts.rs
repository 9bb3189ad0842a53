//! What somebody has begun to write and neither saved nor thrown away.

use feltbog_domain::FolderId;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::AsSql;

/// A form that was begun.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Which form, about what: the interface's own word.
    pub about: String,
    /// What stands in it, as the interface writes it.
    pub text: String,
}

impl std::fmt::Debug for DraftRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftRow({} bytes)", self.text.len())
    }
}

impl Reader<'_> {
    /// All of them.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT about, text FROM draft ORDER BY about")?;
        let rows = statement.query_map([], |row| Ok(DraftRow { about: row.get(0)?, text: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Keeps one, in the place of what stood there. It goes when one of the folders it speaks of leaves this device.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn keep_draft(&self, draft: &DraftRow, folders: &[FolderId]) -> Result<(), StoreError> {
        self.drop_draft(&draft.about)?;
        self.sql
            .prepare_cached("INSERT INTO draft (about, text) VALUES (?1, ?2)")?
            .execute((&draft.about, &draft.text))?;
        for folder in folders {
            self.sql
                .prepare_cached("INSERT OR IGNORE INTO draft_folder (about, folder) VALUES (?1, ?2)")?
                .execute((&draft.about, folder.sql()))?;
        }
        Ok(())
    }

    /// It was saved, or thrown away.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn drop_draft(&self, about: &str) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM draft WHERE about = ?1")?.execute([about])?;
        self.sql.prepare_cached("DELETE FROM draft_folder WHERE about = ?1")?.execute([about])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn what_was_begun_about_two_goes_with_either_and_leaves_no_trace() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let (amina, bo) = (FolderId::new([1; 16]), FolderId::new([2; 16]));
        let draft = |about: &str, text: &str| DraftRow { about: about.into(), text: text.into() };
        store.write(|w| w.keep_draft(&draft("both", "half"), &[amina, bo])).unwrap();
        store.write(|w| w.keep_draft(&draft("bo", "a line"), &[bo])).unwrap();
        store.write(|w| w.keep_draft(&draft("bo", "two lines"), &[bo])).unwrap();
        store.write(|w| w.keep_draft(&draft("nobody", "a word"), &[])).unwrap();
        let kept = [draft("bo", "two lines"), draft("both", "half"), draft("nobody", "a word")];
        assert_eq!(store.reader().drafts().unwrap(), kept);
        store.write(|w| w.purge_folder(amina)).unwrap();
        assert_eq!(store.reader().drafts().unwrap(), [draft("bo", "two lines"), draft("nobody", "a word")]);
        store.write(|w| w.purge_folder(bo)).unwrap();
        assert_eq!(store.reader().drafts().unwrap(), [draft("nobody", "a word")]);
        store.write(|w| w.drop_draft("nobody")).unwrap();
        assert!(store.reader().drafts().unwrap().is_empty());
    }
}
