//! Folders, who may open them, and their keys.

use feltbog_domain::{FolderId, FolderKind, MemberId, ProgrammeId, Rights};
use feltbog_protocol::{EnvelopeHash, FolderBegun, FolderFacts};
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

    /// The epoch of a folder's newest key that is here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn newest_held_epoch(&self, folder: FolderId) -> Result<Option<u32>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT max(epoch) FROM folder_key WHERE folder = ?1")?;
        Ok(statement.query_row([folder.sql()], |row| row.get(0))?)
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

impl Reader<'_> {
    /// Where a folder begins, as far as its first key was taken in here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folder_begun(&self, folder: FolderId) -> Result<Option<FolderBegun>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT device, tenant_seq FROM env
             WHERE folder = ?1 AND tenant_seq IS NOT NULL AND kind = 3 AND status = 'applied'
             ORDER BY tenant_seq LIMIT 1",
        )?;
        let mut rows = statement.query([folder.sql()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(FolderBegun { device: row.get::<_, [u8; 16]>(0)?.into(), seq: uint(row.get(1)?) }))
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

    /// This device writes under a new automerge actor in a folder from now on; the old one stays the member's.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn take_new_actor(&self, folder: FolderId, member: MemberId, actor: &[u8; 16]) -> Result<(), StoreError> {
        let Some(row) = self.folder(folder)? else { return Ok(()) };
        self.own_actor(folder, row.actor, member, 0)?;
        self.sql.prepare_cached("UPDATE folder SET actor = ?2 WHERE id = ?1")?.execute((folder.sql(), actor))?;
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

    /// The server has spoken about a proposed key, if this number proposed one: it becomes the folder's, or is forgotten.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_proposal(&self, dseq: u64, accepted: bool) -> Result<bool, StoreError> {
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
        let proposed = self.sql.prepare_cached("DELETE FROM key_proposal WHERE dseq = ?1")?.execute([int(dseq)])?;
        Ok(proposed > 0)
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
