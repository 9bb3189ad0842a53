//! Folders, who may open them, and their keys.

use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{EnvelopeHash, FolderFacts, RevokeReason};
use rusqlite::{OptionalExtension, Row};
use zeroize::Zeroizing;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

/// One folder known to this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderRow {
    /// The folder.
    pub id: FolderId,
    /// Its kind.
    pub kind: FolderKind,
    /// Its programme; [`ProgrammeId::NONE`] for the staff folder.
    pub programme: ProgrammeId,
    /// Its newest key.
    pub key_epoch: u32,
    /// Who made it.
    pub creator: MemberId,
    /// Whether its first key record is sealed.
    pub announced: bool,
    /// This device's automerge actor in it.
    pub actor: [u8; 16],
    /// This device's newest envelope in it.
    pub prev: EnvelopeHash,
    /// Rows taken in, up to here.
    pub seen_seq: u64,
    /// Digest of those rows.
    pub seen_digest: [u8; 16],
    /// Whether it takes no new content.
    pub closed: bool,
    /// Whether somebody was shut out and the key is still the same.
    pub rotation_due: bool,
}

/// A grant this device will sign at the next exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwedGrant {
    /// The folder.
    pub folder: FolderId,
    /// Who will open it.
    pub member: MemberId,
    /// What the member may do.
    pub rights: Rights,
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
}

const fn reason_code(reason: RevokeReason) -> u8 {
    match reason {
        RevokeReason::HandedOver => 1,
        RevokeReason::ConsentWithdrawn => 2,
        RevokeReason::Left => 3,
    }
}

const fn reason_of(code: u8) -> RevokeReason {
    match code {
        2 => RevokeReason::ConsentWithdrawn,
        3 => RevokeReason::Left,
        _ => RevokeReason::HandedOver,
    }
}

const COLUMNS: &str = "id, kind, programme, key_epoch, creator, announced, actor, prev_hash, seen_seq, seen_digest";
const STATE: &str = "closed_seq IS NOT NULL, rotation_due";

fn folder_row(row: &Row<'_>) -> Result<FolderRow, rusqlite::Error> {
    let kind: u8 = row.get(1)?;
    Ok(FolderRow {
        id: row.id(0)?,
        // Only kinds this version knows are ever stored.
        kind: FolderKind::from_code(kind).ok_or(rusqlite::Error::InvalidQuery)?,
        programme: row.id(2)?,
        key_epoch: row.get(3)?,
        creator: row.id(4)?,
        announced: row.get(5)?,
        actor: row.get(6)?,
        prev: EnvelopeHash(row.get(7)?),
        seen_seq: uint(row.get(8)?),
        seen_digest: row.get(9)?,
        closed: row.get(10)?,
        rotation_due: row.get(11)?,
    })
}

impl Reader<'_> {
    /// A folder.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folder(&self, id: FolderId) -> Result<Option<FolderRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT {COLUMNS}, {STATE} FROM folder WHERE id = ?1"))?;
        Ok(statement.query_row([id.sql()], folder_row).optional()?)
    }

    /// All folders known here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders(&self) -> Result<Vec<FolderRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!("SELECT {COLUMNS}, {STATE} FROM folder ORDER BY id"))?;
        let rows = statement.query_map([], folder_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The folders of a kind in a programme whose key is here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_of(&self, kind: FolderKind, programme: ProgrammeId) -> Result<Vec<FolderRow>, StoreError> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT {COLUMNS}, {STATE} FROM folder f WHERE kind = ?1 AND programme = ?2
               AND EXISTS (SELECT 1 FROM folder_key k WHERE k.folder = f.id) ORDER BY id"
        ))?;
        let rows = statement.query_map((kind.code(), programme.sql()), folder_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the access rules look at, for a row signed by a device of `signer` that stands at `place` in the log.
    ///
    /// Rows come in another order than they were written when a folder is fetched later, so each is judged by the rights
    /// and the closing of its own place. Beyond `restored_at`, where a restored log began anew, rows stand later than they
    /// were written: there, whoever once had the right is believed, since the server saw a receipt for it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folder_facts(
        &self,
        id: FolderId,
        signer: MemberId,
        place: u64,
        restored_at: Option<u64>,
    ) -> Result<Option<FolderFacts>, StoreError> {
        let Some(folder) = self.folder(id)? else { return self.tombstone(id) };
        let believed = restored_at.is_some_and(|base| place > base);
        Ok(Some(FolderFacts {
            kind: folder.kind,
            programme: folder.programme,
            key_epoch: folder.key_epoch,
            erased: false,
            closed: !believed && self.closed_before(id, place)?,
            signer: self.rights_at(id, signer, if believed { None } else { Some(place) })?,
        }))
    }

    fn closed_before(&self, folder: FolderId, place: u64) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM folder WHERE id = ?1 AND closed_seq > 0 AND closed_seq < ?2)",
        )?;
        Ok(statement.query_row((folder.sql(), int(place)), |row| row.get(0))?)
    }

    /// The rights a member had at a place of the log; without a place, the most there ever were.
    fn rights_at(&self, folder: FolderId, member: MemberId, place: Option<u64>) -> Result<Option<Rights>, StoreError> {
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
        let mut statement =
            self.sql.prepare_cached("SELECT folder, member, rights FROM owed_grant ORDER BY folder, member")?;
        let rows = statement.query_map([], |row| {
            Ok(OwedGrant { folder: row.id(0)?, member: row.id(1)?, rights: Rights::from_bits(row.get(2)?) })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Revocations that are owed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owed_revokes(&self) -> Result<Vec<OwedRevoke>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT folder, member, reason FROM owed_revoke ORDER BY folder, member")?;
        let rows = statement.query_map([], |row| {
            let member: MemberId = row.id(1)?;
            Ok(OwedRevoke {
                folder: row.id(0)?,
                member: (!member.is_none()).then_some(member),
                reason: reason_of(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a new key of a folder is put forward.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn has_proposal(&self, folder: FolderId) -> Result<bool, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM key_proposal WHERE folder = ?1)")?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
    }

    /// For whom folder keys are wrapped: folder, epoch, member, the member's key epoch.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn wraps(&self) -> Result<Vec<(FolderId, u32, MemberId, u32)>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT folder, epoch, member, member_epoch FROM folder_wrap")?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, row.get(1)?, row.id(2)?, row.get(3)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every key of a folder's epoch. There is one, but after a restore of the server; the envelope says which fits.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folder_keys(&self, folder: FolderId, epoch: u32) -> Result<Vec<Zeroizing<[u8; 32]>>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT key FROM folder_key WHERE folder = ?1 AND epoch = ?2")?;
        let keys = statement.query_map((folder.sql(), epoch), |row| row.get::<_, [u8; 32]>(0).map(Zeroizing::new))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// A folder's key, to seal with.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folder_key(&self, folder: FolderId, epoch: u32) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT key FROM folder_key WHERE folder = ?1 AND epoch = ?2 LIMIT 1")?;
        let key = statement.query_row((folder.sql(), epoch), |row| row.get::<_, [u8; 32]>(0)).optional()?;
        Ok(key.map(Zeroizing::new))
    }

    /// Seed of one of the member's own keys.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn user_key(&self, epoch: u32) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT seed FROM user_key WHERE epoch = ?1")?;
        let seed = statement.query_row([epoch], |row| row.get::<_, [u8; 32]>(0)).optional()?;
        Ok(seed.map(Zeroizing::new))
    }
}

impl Writer<'_> {
    /// Stores a new folder, and its creator's right to do everything in it.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn insert_folder(&self, folder: &FolderRow, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(&format!(
                "INSERT OR IGNORE INTO folder ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            ))?
            .execute((
                folder.id.sql(),
                folder.kind.code(),
                folder.programme.sql(),
                folder.key_epoch,
                folder.creator.sql(),
                folder.announced,
                folder.actor,
                folder.prev.0,
                int(folder.seen_seq),
                folder.seen_digest,
            ))?;
        self.set_grant(folder.id, folder.creator, Rights::MANAGE, seq)
    }

    /// Nobody writes in a folder any more, from a place of the log on; 0 while this device's own closing is not sent.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn close_folder(&self, folder: FolderId, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE folder SET closed_seq = ?2 WHERE id = ?1 AND coalesce(closed_seq, 0) = 0")?
            .execute((folder.sql(), int(seq)))?;
        self.drop_owed_revoke(folder, MemberId::NONE)
    }

    /// A member may no longer open a folder, from a place of the log on. The key is due for renewal.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn end_grant(&self, folder: FolderId, member: MemberId, seq: u64) -> Result<(), StoreError> {
        let key = (folder.sql(), member.sql());
        self.sql.prepare_cached("DELETE FROM folder_grant WHERE folder = ?1 AND member = ?2")?.execute(key)?;
        self.sql.prepare_cached("DELETE FROM folder_wrap WHERE folder = ?1 AND member = ?2")?.execute(key)?;
        self.sql
            .prepare_cached(
                "UPDATE grant_span SET until_seq = ?3 WHERE folder = ?1 AND member = ?2 AND until_seq IS NULL AND from_seq < ?3",
            )?
            .execute((folder.sql(), member.sql(), int(seq)))?;
        self.sql.prepare_cached("UPDATE folder SET rotation_due = 1 WHERE id = ?1")?.execute([folder.sql()])?;
        self.drop_owed_revoke(folder, member)
    }

    fn drop_owed_revoke(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM owed_revoke WHERE folder = ?1 AND member = ?2")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    /// A member is shut out by this device's own revocation, whose place in the log is not known yet.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn shut_out(&self, folder: FolderId, member: MemberId) -> Result<(), StoreError> {
        let key = (folder.sql(), member.sql());
        self.sql.prepare_cached("DELETE FROM folder_grant WHERE folder = ?1 AND member = ?2")?.execute(key)?;
        self.sql.prepare_cached("DELETE FROM folder_wrap WHERE folder = ?1 AND member = ?2")?.execute(key)?;
        self.sql.prepare_cached("UPDATE folder SET rotation_due = 1 WHERE id = ?1")?.execute([folder.sql()])?;
        self.drop_owed_revoke(folder, member)
    }

    /// This device goes on in a folder as another: with a new automerge actor and no earlier envelope.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn begin_anew(&self, folder: FolderId, actor: &[u8; 16]) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE folder SET actor = ?2, prev_hash = zeroblob(32) WHERE id = ?1")?
            .execute((folder.sql(), actor))?;
        Ok(())
    }

    /// A revocation that shall be signed at the next exchange; a grant still owed to the same member is given up.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owe_revoke(&self, owed: OwedRevoke) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("DELETE FROM owed_grant WHERE folder = ?1 AND member = ?2")?
            .execute((owed.folder.sql(), owed.member.unwrap_or(MemberId::NONE).sql()))?;
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO owed_revoke (folder, member, reason) VALUES (?1, ?2, ?3)")?
            .execute((owed.folder.sql(), owed.member.unwrap_or(MemberId::NONE).sql(), reason_code(owed.reason)))?;
        Ok(())
    }

    /// Puts a new key forward; it counts once the server has taken its record.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn propose_key(&self, folder: FolderId, epoch: u32, key: &[u8; 32], dseq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO key_proposal (folder, epoch, key, dseq) VALUES (?1, ?2, ?3, ?4)")?
            .execute((folder.sql(), epoch, key, int(dseq)))?;
        Ok(())
    }

    /// The server has spoken about a proposed key: it becomes the folder's, or is forgotten.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_proposal(&self, dseq: u64, accepted: bool) -> Result<(), StoreError> {
        if accepted {
            self.sql
                .prepare_cached(
                    "INSERT OR REPLACE INTO folder_key (folder, epoch, key)
                     SELECT folder, epoch, key FROM key_proposal WHERE dseq = ?1",
                )?
                .execute([int(dseq)])?;
            self.sql
                .prepare_cached(
                    "UPDATE folder SET rotation_due = 0, key_epoch = p.epoch FROM key_proposal p
                     WHERE p.dseq = ?1 AND folder.id = p.folder AND folder.key_epoch < p.epoch",
                )?
                .execute([int(dseq)])?;
        }
        if !accepted {
            self.sql
                .prepare_cached(
                    "DELETE FROM folder_wrap WHERE (folder, epoch) IN (SELECT folder, epoch FROM key_proposal WHERE dseq = ?1)",
                )?
                .execute([int(dseq)])?;
        }
        self.sql.prepare_cached("DELETE FROM key_proposal WHERE dseq = ?1")?.execute([int(dseq)])?;
        Ok(())
    }

    /// Remembers that a folder's first key record is sealed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_announced(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE folder SET announced = 1 WHERE id = ?1")?.execute([folder.sql()])?;
        Ok(())
    }

    /// A folder has a new key.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_key_epoch(&self, folder: FolderId, epoch: u32) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE folder SET key_epoch = ?2, rotation_due = 0 WHERE id = ?1 AND key_epoch < ?2")?
            .execute((folder.sql(), epoch))?;
        Ok(())
    }

    /// One more row of a folder is taken in.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_seen(&self, folder: FolderId, seq: u64, digest: &[u8; 16]) -> Result<(), StoreError> {
        self.sql.prepare_cached("UPDATE folder SET seen_seq = ?2, seen_digest = ?3 WHERE id = ?1")?.execute((
            folder.sql(),
            int(seq),
            digest,
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
                 ON CONFLICT (folder, member) DO UPDATE SET rights = ?3, seq = ?4",
            )?
            .execute((folder.sql(), member.sql(), rights.bits(), int(seq)))?;
        self.sql
            .prepare_cached(
                "INSERT INTO grant_span (folder, member, rights, from_seq) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (folder, member, from_seq) DO UPDATE SET rights = ?3",
            )?
            .execute((folder.sql(), member.sql(), rights.bits(), int(seq)))?;
        self.sql
            .prepare_cached("DELETE FROM owed_grant WHERE folder = ?1 AND member = ?2")?
            .execute((folder.sql(), member.sql()))?;
        Ok(())
    }

    /// A member shall be able to open a folder: signed at the next exchange.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn owe_grant(&self, owed: OwedGrant) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO owed_grant (folder, member, rights) VALUES (?1, ?2, ?3)")?
            .execute((owed.folder.sql(), owed.member.sql(), owed.rights.bits()))?;
        Ok(())
    }

    /// Stores a folder's key.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_folder_key(&self, folder: FolderId, epoch: u32, key: &[u8; 32]) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR IGNORE INTO folder_key (folder, epoch, key) VALUES (?1, ?2, ?3)")?
            .execute((folder.sql(), epoch, key))?;
        Ok(())
    }

    /// A folder's key is wrapped for a member.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_wrap(
        &self,
        folder: FolderId,
        epoch: u32,
        member: MemberId,
        member_epoch: u32,
    ) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT OR IGNORE INTO folder_wrap (folder, epoch, member, member_epoch) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((folder.sql(), epoch, member.sql(), member_epoch))?;
        Ok(())
    }

    /// Stores the seed of one of the member's own keys.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_user_key(&self, epoch: u32, seed: &[u8; 32]) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO user_key (epoch, seed) VALUES (?1, ?2)")?
            .execute((epoch, seed))?;
        Ok(())
    }
}
