//! Standing in for somebody: grants that end by the clock.
//!
//! What ends is the grant in force (`folder_grant`). Its span stays open, since no row of the log says when the time was
//! over: what came later the server has not taken, and a key made since is not the member's.

use feltbog_domain::{FolderId, MemberId, Rights};
use rusqlite::OptionalExtension;

use crate::grants::Cover;
use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// The highest time this device has seen: a clock that was set back does not make a cover last longer.
const SEEN_MS: &str = "seen_ms";
/// What the device's own clock said when that was noted.
const SEEN_CLOCK_MS: &str = "seen_clock_ms";
/// The server's clock in its last reply.
const SERVER_MS: &str = "server_ms";

/// A grant in force that ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantedCover {
    /// The folder.
    pub folder: FolderId,
    /// Who may open it for a time.
    pub member: MemberId,
    /// The grant's row; 0 for one this device has signed.
    pub seq: u64,
    /// For whom and how long.
    pub cover: Cover,
}

/// How late it was for sure when that was noted last. Kept apart, because a clock may be wrong and may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// The latest known time, milliseconds since 1970; 0 for none.
    pub late_ms: i64,
    /// What the device's own clock said then.
    pub clock_ms: i64,
}

impl Reader<'_> {
    /// What a member may do in a folder until it is revoked; nothing for one who is let in for a time.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn lasting_rights(&self, folder: FolderId, member: MemberId) -> Result<Option<Rights>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT rights FROM folder_grant WHERE folder = ?1 AND member = ?2 AND until_ms IS NULL")?;
        let bits: Option<u8> = statement.query_row((folder.sql(), member.sql()), |row| row.get(0)).optional()?;
        Ok(bits.map(Rights::from_bits))
    }

    /// Grants in force that end by themselves.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn covers(&self) -> Result<Vec<GrantedCover>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, member, seq, until_ms, cover_for FROM folder_grant WHERE until_ms IS NOT NULL
             ORDER BY folder, member",
        )?;
        let mut rows = statement.query([])?;
        let mut covers = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(cover) = Cover::read(row, 3, 4)? else { continue };
            covers.push(GrantedCover { folder: row.id(0)?, member: row.id(1)?, seq: uint(row.get(2)?), cover });
        }
        Ok(covers)
    }

    /// Whether any grant ends by itself, in force or still owed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_covers(&self) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM folder_grant WHERE until_ms IS NOT NULL)
                 OR EXISTS (SELECT 1 FROM owed_grant WHERE until_ms IS NOT NULL)",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// As what a member wrote at a place of the log: as somebody let in for a time, and for whom. Nothing for one who was
    /// let in for good.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn cover_at(&self, folder: FolderId, member: MemberId, place: u64) -> Result<Option<Cover>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT until_ms, cover_for FROM grant_span WHERE folder = ?1 AND member = ?2
               AND from_seq <= ?3 AND (until_seq IS NULL OR until_seq > ?3)
             ORDER BY until_ms IS NOT NULL, until_ms DESC LIMIT 1",
        )?;
        let found = statement.query_row((folder.sql(), member.sql(), int(place)), |row| Cover::read(row, 0, 1));
        Ok(found.optional()?.flatten())
    }

    /// Whether a folder's key of this epoch was renewed before a place of the log.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn is_renewed_before(&self, folder: FolderId, epoch: u32, place: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM env WHERE folder = ?1 AND kind = 3 AND key_epoch > ?2
                            AND tenant_seq < ?3 AND status = 'applied')",
        )?;
        Ok(statement.query_row((folder.sql(), epoch, int(place)), |row| row.get(0))?)
    }

    /// The latest this device knows it to have been, and its own clock then.
    ///
    /// # Errors
    /// When the stored value cannot be read.
    pub fn seen(&self) -> Result<Seen, StoreError> {
        let late_ms = self.number(SEEN_MS)?;
        // A database of before kept no clock beside it: there it counts as having been right.
        let clock_ms = if self.meta(SEEN_CLOCK_MS)?.is_some() { self.number(SEEN_CLOCK_MS)? } else { late_ms };
        Ok(Seen { late_ms, clock_ms })
    }

    /// The server's clock in its last reply, milliseconds since 1970; 0 for none.
    ///
    /// # Errors
    /// When the stored value cannot be read.
    pub fn server_ms(&self) -> Result<i64, StoreError> {
        self.number(SERVER_MS)
    }
}

impl Writer<'_> {
    /// A member may open a folder for a time, from a place of the log on; it is no longer owed. Where the member may open it
    /// for good, that stays.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_cover(
        &self,
        folder: FolderId,
        member: MemberId,
        rights: Rights,
        seq: u64,
        cover: Cover,
    ) -> Result<(), StoreError> {
        let values = (
            folder.sql(),
            member.sql(),
            rights.bits(),
            int(seq),
            cover.until_ms,
            cover.of.map(|member| *member.as_bytes()),
        );
        self.sql
            .prepare_cached(
                "INSERT INTO folder_grant (folder, member, rights, seq, until_ms, cover_for) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (folder, member) DO UPDATE SET rights = ?3, seq = ?4, until_ms = ?5, cover_for = ?6
                 WHERE until_ms IS NOT NULL",
            )?
            .execute(values)?;
        self.add_cover_span(folder, member, rights, seq, cover)?;
        self.sql
            .prepare_cached("DELETE FROM owed_grant WHERE folder = ?1 AND member = ?2 AND until_ms IS NOT NULL")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    pub(crate) fn add_cover_span(
        &self,
        folder: FolderId,
        member: MemberId,
        rights: Rights,
        seq: u64,
        cover: Cover,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO grant_span (folder, member, rights, from_seq, until_ms, cover_for) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (folder, member, from_seq) DO UPDATE SET rights = ?3, until_ms = ?5, cover_for = ?6
                 WHERE until_ms IS NOT NULL",
            )?
            .execute((
                folder.sql(),
                member.sql(),
                rights.bits(),
                int(seq),
                cover.until_ms,
                cover.of.map(|member| *member.as_bytes()),
            ))?;
        Ok(())
    }

    /// A member's time in a folder is over; the key is due for renewal.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn end_cover(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        self.forget_cover(folder, member)?;
        self.owe_rotation(folder)
    }

    /// A folder has a new key: whoever's time was over by the server's last word, and was left out of it, is settled.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_ended_covers(&self, folder: FolderId, wrapped_for: &[MemberId]) -> Result<(), StoreError> {
        let server_ms = self.server_ms()?;
        for ended in self.covers()?.iter().filter(|c| c.folder == folder && c.cover.until_ms <= server_ms) {
            if !wrapped_for.contains(&ended.member) {
                self.forget_cover(folder, ended.member)?;
            }
        }
        Ok(())
    }

    fn forget_cover(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        let key = (folder.sql(), member.sql());
        self.sql
            .prepare_cached("DELETE FROM folder_grant WHERE folder = ?1 AND member = ?2 AND until_ms IS NOT NULL")?
            .execute(key)?;
        self.sql.prepare_cached("DELETE FROM folder_wrap WHERE folder = ?1 AND member = ?2")?.execute(key)?;
        Ok(())
    }

    /// Covers that were never sent are given up when their time is over.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn drop_covers_owed_too_long(&self, now_ms: i64) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM owed_grant WHERE until_ms <= ?1")?.execute([now_ms])?;
        Ok(())
    }

    /// A cover that was not signed yet shall not be.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn drop_owed_cover(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM owed_grant WHERE folder = ?1 AND member = ?2 AND until_ms IS NOT NULL")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    /// It is this late, while the device's own clock says this. Never lowers what was seen; the clock beside it may go back,
    /// and time is counted on from there.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_time(&self, seen: Seen) -> Result<(), StoreError> {
        self.set_number(SEEN_MS, seen.late_ms.max(self.seen()?.late_ms))?;
        self.set_number(SEEN_CLOCK_MS, seen.clock_ms)
    }

    /// It is this late by the server's clock, whose word counts: a device that once took a wrong clock for right comes
    /// right again. `clock_ms` is what the device's own clock says meanwhile.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn note_server_time(&self, server_ms: i64, clock_ms: i64) -> Result<(), StoreError> {
        self.set_number(SEEN_MS, server_ms)?;
        self.set_number(SEEN_CLOCK_MS, clock_ms)?;
        self.set_number(SERVER_MS, server_ms)
    }
}
