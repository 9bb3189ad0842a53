//! Who may do what in which folder, and what of it is still to be signed.

use feltbog_domain::{FolderId, MemberId, Rights};
use feltbog_protocol::RevokeReason;
use rusqlite::{OptionalExtension, Row};

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int};

/// A grant this device will sign at the next exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwedGrant {
    /// The folder.
    pub folder: FolderId,
    /// Who will open it.
    pub member: MemberId,
    /// What the member may do.
    pub rights: Rights,
    /// For whom and how long, when it is not to last.
    pub cover: Option<Cover>,
}

/// What makes a grant end by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// Whom the grantee stands in for, where the grant says so.
    pub of: Option<MemberId>,
    /// The end, milliseconds since 1970.
    pub until_ms: i64,
}

impl Cover {
    pub(crate) fn read(row: &Row<'_>, until: usize, of: usize) -> Result<Option<Self>, rusqlite::Error> {
        let of = row.get::<_, Option<[u8; 16]>>(of)?.map(MemberId::from);
        Ok(row.get::<_, Option<i64>>(until)?.map(|until_ms| Self { of, until_ms }))
    }
}

/// A revocation this device will sign at the next exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwedRevoke {
    /// The folder.
    pub folder: FolderId,
    /// Who is shut out; `None` closes the folder for new content.
    pub member: Option<MemberId>,
    /// Why.
    pub reason: RevokeReason,
    /// Who has it now, where it was handed over.
    pub to: Option<MemberId>,
}

const fn reason_code(reason: RevokeReason) -> u8 {
    match reason {
        RevokeReason::HandedOver => 1,
        RevokeReason::ConsentWithdrawn => 2,
        RevokeReason::Left => 3,
        RevokeReason::CoverEnded => 4,
    }
}

const fn reason_of(code: u8) -> RevokeReason {
    match code {
        2 => RevokeReason::ConsentWithdrawn,
        3 => RevokeReason::Left,
        4 => RevokeReason::CoverEnded,
        _ => RevokeReason::HandedOver,
    }
}

impl Reader<'_> {
    /// The rights a member had at a place of the log; without a place, the most there ever were.
    pub(crate) fn rights_at(
        &self,
        folder: FolderId,
        member: MemberId,
        place: Option<u64>,
    ) -> Result<Option<Rights>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT rights FROM grant_span WHERE folder = ?1 AND member = ?2
               AND (?3 IS NULL OR (from_seq <= ?3 AND (until_seq IS NULL OR until_seq > ?3)))",
        )?;
        let spans = statement.query_map((folder.sql(), member.sql(), place.map(int)), |row| row.get::<_, u8>(0))?;
        let mut most: Option<u8> = None;
        for bits in spans {
            most = Some(most.unwrap_or(0) | bits?);
        }
        Ok(most.map(Rights::from_bits))
    }

    /// What a member may do in a folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn rights(&self, folder: FolderId, member: MemberId) -> Result<Option<Rights>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT rights FROM folder_grant WHERE folder = ?1 AND member = ?2")?;
        let bits: Option<u8> = statement.query_row((folder.sql(), member.sql()), |row| row.get(0)).optional()?;
        Ok(bits.map(Rights::from_bits))
    }

    /// Every grant known here: folder, member, rights.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn grants(&self) -> Result<Vec<(FolderId, MemberId, Rights)>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT folder, member, rights FROM folder_grant")?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, row.id(1)?, Rights::from_bits(row.get(2)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Grants in force that end by no clock.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn lasting_grants(&self) -> Result<Vec<(FolderId, MemberId)>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT folder, member FROM folder_grant WHERE until_ms IS NULL")?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, row.id(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Grants that were given for good and ended by a row of the log, where nothing is granted now.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn ended_grants(&self) -> Result<Vec<(FolderId, MemberId)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT DISTINCT folder, member FROM grant_span AS span WHERE until_seq IS NOT NULL AND until_ms IS NULL
               AND NOT EXISTS (SELECT 1 FROM folder_grant AS now WHERE now.folder = span.folder AND now.member = span.member)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, row.id(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Who may do what in one folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn grants_of(&self, folder: FolderId) -> Result<Vec<(MemberId, Rights)>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT member, rights FROM folder_grant WHERE folder = ?1 ORDER BY member")?;
        let rows = statement.query_map([folder.sql()], |row| Ok((row.id(0)?, Rights::from_bits(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Grants that are owed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owed_grants(&self) -> Result<Vec<OwedGrant>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, member, rights, until_ms, cover_for FROM owed_grant ORDER BY folder, member",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(OwedGrant {
                folder: row.id(0)?,
                member: row.id(1)?,
                rights: Rights::from_bits(row.get(2)?),
                cover: Cover::read(row, 3, 4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest unsealed change of a folder that is to be sealed before its owed revocations; 0 for none.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn pending_before_revoke(&self, folder: FolderId) -> Result<i64, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT coalesce(max(after_pending), 0) FROM owed_revoke WHERE folder = ?1")?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
    }

    /// Revocations that are owed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owed_revokes(&self) -> Result<Vec<OwedRevoke>, StoreError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT folder, member, reason, to_member FROM owed_revoke ORDER BY folder, member")?;
        let rows = statement.query_map([], |row| {
            let member: MemberId = row.id(1)?;
            Ok(OwedRevoke {
                folder: row.id(0)?,
                member: (!member.is_none()).then_some(member),
                reason: reason_of(row.get(2)?),
                to: row.get::<_, Option<[u8; 16]>>(3)?.map(MemberId::from),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// A member may no longer open a folder, from a place of the log on. The key is due for renewal.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn end_grant(&self, folder: FolderId, member: MemberId, seq: u64) -> Result<(), StoreError> {
        self.place_revoke(folder, member, seq)?;
        self.shut_out(folder, member)
    }

    /// This device's own revocation has its place in the log: what the member wrote after it does not count, and what a colleague
    /// granted before it is over. Everything else was done when it was signed; doing it again would renew a new key once more,
    /// and undo a later grant. An own grant has no place here (0): it was signed after this, or is gone already.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn place_revoke(&self, folder: FolderId, member: MemberId, seq: u64) -> Result<(), StoreError> {
        let key = (folder.sql(), member.sql(), int(seq));
        self.sql
            .prepare_cached(
                "UPDATE grant_span SET until_seq = ?3 WHERE folder = ?1 AND member = ?2 AND until_seq IS NULL AND from_seq < ?3",
            )?
            .execute(key)?;
        let is_over = self
            .sql
            .prepare_cached("DELETE FROM folder_grant WHERE folder = ?1 AND member = ?2 AND seq > 0 AND seq < ?3")?
            .execute(key)?;
        if is_over > 0 {
            self.forget_wrap(folder, member)?;
        }
        Ok(())
    }

    fn forget_wrap(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM folder_wrap WHERE folder = ?1 AND member = ?2")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    pub(crate) fn drop_owed_revoke(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM owed_revoke WHERE folder = ?1 AND member = ?2")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    /// A member is shut out, and the key is due for renewal. Of this device's own revocation the place in the log is not known
    /// yet.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn shut_out(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        let key = (folder.sql(), member.sql());
        self.sql.prepare_cached("DELETE FROM folder_grant WHERE folder = ?1 AND member = ?2")?.execute(key)?;
        self.forget_wrap(folder, member)?;
        self.owe_rotation(folder)?;
        self.drop_owed_revoke(folder, member)
    }

    /// A revocation that shall be signed at the next exchange; a grant still owed to the same member is given up. What was
    /// saved before a handover is sealed before it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owe_revoke(&self, owed: OwedRevoke) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM owed_grant WHERE folder = ?1 AND member = ?2")?
            .execute((owed.folder.sql(), owed.member.unwrap_or(MemberId::NONE).sql()))?;
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO owed_revoke (folder, member, reason, to_member, after_pending) VALUES (?1, ?2, ?3, ?5,
                    CASE WHEN ?4 THEN coalesce((SELECT max(id) FROM pending WHERE folder = ?1), 0) ELSE 0 END)",
            )?
            .execute((
                owed.folder.sql(),
                owed.member.unwrap_or(MemberId::NONE).sql(),
                reason_code(owed.reason),
                owed.reason == RevokeReason::HandedOver,
                owed.to.map(|member| *member.as_bytes()),
            ))?;
        Ok(())
    }

    /// A member may open a folder; it is no longer owed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_grant(&self, folder: FolderId, member: MemberId, rights: Rights, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO folder_grant (folder, member, rights, seq) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (folder, member) DO UPDATE SET rights = ?3, seq = ?4, until_ms = NULL, cover_for = NULL",
            )?
            .execute((folder.sql(), member.sql(), rights.bits(), int(seq)))?;
        // What was for a time is for good now, so that from here on nobody is stood in for.
        self.sql
            .prepare_cached(
                "UPDATE grant_span SET until_seq = ?3
                 WHERE folder = ?1 AND member = ?2 AND until_ms IS NOT NULL AND until_seq IS NULL AND from_seq < ?3",
            )?
            .execute((folder.sql(), member.sql(), int(seq)))?;
        self.add_span(folder, member, rights, seq)?;
        self.sql
            .prepare_cached("DELETE FROM owed_grant WHERE folder = ?1 AND member = ?2")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    fn add_span(&self, folder: FolderId, member: MemberId, rights: Rights, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO grant_span (folder, member, rights, from_seq) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (folder, member, from_seq) DO UPDATE SET rights = ?3, until_ms = NULL, cover_for = NULL",
            )?
            .execute((folder.sql(), member.sql(), rights.bits(), int(seq)))?;
        Ok(())
    }

    /// This device's own grant has its place in the log: what the member writes after it is judged by it, also where an
    /// earlier grant was revoked.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn place_grant(
        &self,
        folder: FolderId,
        member: MemberId,
        rights: Rights,
        seq: u64,
        cover: Option<Cover>,
    ) -> Result<(), StoreError> {
        match cover {
            Some(cover) => self.add_cover_span(folder, member, rights, seq, cover),
            None => self.add_span(folder, member, rights, seq),
        }
    }

    /// A member shall be able to open a folder: signed at the next exchange. A grant for a time takes no place of one for
    /// good.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owe_grant(&self, owed: OwedGrant) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO owed_grant (folder, member, rights, until_ms, cover_for) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (folder, member) DO UPDATE SET rights = ?3, until_ms = ?4, cover_for = ?5
                 WHERE owed_grant.until_ms IS NOT NULL OR ?4 IS NULL",
            )?
            .execute((
                owed.folder.sql(),
                owed.member.sql(),
                owed.rights.bits(),
                owed.cover.map(|cover| cover.until_ms),
                owed.cover.and_then(|cover| cover.of).map(|member| *member.as_bytes()),
            ))?;
        Ok(())
    }
}
