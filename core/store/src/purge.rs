//! Taking a folder off this device.

use feltbog_domain::{DocumentId, FolderId};

use crate::envelopes::PURGED;
use crate::open::{StoreError, Writer};
use crate::rows::AsSql;

/// Everything readable of a folder, and what was derived from it. Search rows go first, while their entries can be named.
const READABLE: &[&str] = &[
    "DELETE FROM entry_text WHERE rowid IN (SELECT row FROM entry WHERE folder = ?1)",
    "DELETE FROM author WHERE document IN (SELECT id FROM document WHERE folder = ?1)",
    "DELETE FROM quarantine WHERE document IN (SELECT id FROM document WHERE folder = ?1)",
    "DELETE FROM entry WHERE folder = ?1",
    "DELETE FROM profile WHERE folder = ?1",
    "DELETE FROM consent WHERE folder = ?1",
    "DELETE FROM employer WHERE folder = ?1",
    "DELETE FROM employer_contact WHERE folder = ?1",
    "DELETE FROM contact_person WHERE folder = ?1",
    "DELETE FROM opening WHERE folder = ?1",
    "DELETE FROM agreement WHERE folder = ?1",
    "DELETE FROM register_row WHERE folder = ?1",
    "DELETE FROM case_folder WHERE folder = ?1",
    "DELETE FROM pending WHERE folder = ?1",
    "DELETE FROM document WHERE folder = ?1",
    "DELETE FROM folder_key WHERE folder = ?1",
    "DELETE FROM key_proposal WHERE folder = ?1",
    "DELETE FROM actor WHERE folder = ?1",
    "DELETE FROM claim WHERE folder = ?1",
    "DELETE FROM finding WHERE folder = ?1",
    "DELETE FROM hint WHERE folder = ?1",
    "DELETE FROM meanwhile WHERE folder = ?1",
    "DELETE FROM both_wrote WHERE folder = ?1",
    "DELETE FROM draft WHERE about IN (SELECT about FROM draft_folder WHERE folder = ?1)",
    "DELETE FROM draft_folder WHERE about IN (SELECT about FROM draft_folder WHERE folder = ?1)",
    "DELETE FROM tray WHERE folder = ?1",
    "DELETE FROM facts_due WHERE folder = ?1",
    "DELETE FROM reading WHERE folder = ?1",
    "DELETE FROM read_log_gap WHERE (folder, device) IN (SELECT folder, device FROM read_log WHERE key = ?1)",
    "DELETE FROM read_log_new WHERE (folder, device) IN (SELECT folder, device FROM read_log WHERE key = ?1)",
    "DELETE FROM read_log_head WHERE (folder, device) IN (SELECT folder, device FROM read_log WHERE key = ?1)",
    "DELETE FROM read_log WHERE key = ?1",
    "DELETE FROM backfill WHERE folder = ?1",
    "DELETE FROM owed_grant WHERE folder = ?1",
    "DELETE FROM owed_revoke WHERE folder = ?1",
    "DELETE FROM folder_wrap WHERE folder = ?1",
    "DELETE FROM folder_grant WHERE folder = ?1",
    "DELETE FROM grant_span WHERE folder = ?1",
    "DELETE FROM folder WHERE id = ?1",
];

/// Everything readable of one document.
const READABLE_OF_ONE: &[&str] = &[
    "DELETE FROM entry_text WHERE rowid IN (SELECT row FROM entry WHERE document = ?1)",
    "DELETE FROM author WHERE document = ?1",
    "DELETE FROM meanwhile WHERE document = ?1",
    "DELETE FROM both_wrote WHERE document = ?1",
    "DELETE FROM entry WHERE document = ?1",
    "DELETE FROM consent WHERE document = ?1",
    "DELETE FROM employer WHERE document = ?1",
    "DELETE FROM employer_contact WHERE document = ?1",
    "DELETE FROM contact_person WHERE document = ?1",
    "DELETE FROM opening WHERE document = ?1",
    "DELETE FROM agreement WHERE document = ?1",
    "DELETE FROM register_row WHERE document = ?1",
    "DELETE FROM pending WHERE document = ?1",
    "DELETE FROM document WHERE id = ?1",
];

/// What of one document has no place in the log.
const UNPLACED_OF_ONE: &[&str] = &[
    "DELETE FROM author WHERE document = ?1 AND place = 9223372036854775807",
    "DELETE FROM pending WHERE document = ?1",
];

impl Writer<'_> {
    /// Everything readable of one document, and what of it waits to be sealed.
    pub(crate) fn forget_document(&self, document: DocumentId) -> Result<(), StoreError> {
        for statement in READABLE_OF_ONE {
            self.sql.prepare_cached(statement)?.execute([document.sql()])?;
        }
        self.mark_gone_words()
    }

    /// Forgets a document that never left this device. Of one that others have too only goes what was queued and that
    /// its writer wrote in it. Returns whether the document is gone.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget_unplaced(&self, document: DocumentId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM author WHERE document = ?1 AND place < 9223372036854775807)",
        )?;
        let is_placed: bool = statement.query_row([document.sql()], |row| row.get(0))?;
        for statement in if is_placed { UNPLACED_OF_ONE } else { READABLE_OF_ONE } {
            self.sql.prepare_cached(statement)?.execute([document.sql()])?;
        }
        Ok(!is_placed)
    }

    /// Takes a folder off this device, text, keys and all. Own envelopes stay, sealed and without their key: a restored
    /// server may need them back. What comes with a folder gives up its place, as its content comes back like everybody
    /// else's should access return: rows (1), cold bundles (2), keys and access (3, 4, 5). Everything else keeps its place.
    ///
    /// The caller has handed in what was not sent; `secure_delete` overwrites the pages, and a checkpoint afterwards
    /// empties the write-ahead log.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn purge_folder(&self, folder: FolderId) -> Result<(), StoreError> {
        for statement in READABLE {
            self.sql.prepare_cached(statement)?.execute([folder.sql()])?;
        }
        self.mark_gone_words()?;
        self.sql
            .prepare_cached(
                "DELETE FROM env WHERE folder = ?1 AND device != (SELECT value FROM meta WHERE key = 'device')",
            )?
            .execute([folder.sql()])?;
        self.sql
            .prepare_cached(
                "UPDATE env SET tenant_seq = NULL, lost_seq = NULL, digest = NULL, status = 'applied', reason = ?2
                 WHERE folder = ?1 AND kind IN (1, 2, 3, 4, 5)",
            )?
            .execute((folder.sql(), PURGED))?;
        Ok(())
    }
}
