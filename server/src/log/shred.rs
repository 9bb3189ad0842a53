//! The shred store: `shred.db` beside the database, with a random key for each folder and the list of what was erased.
//!
//! Key records and deposits are useless without their folder's key here ([`super::mask`]), and this file has short backups
//! of its own. So once a key is deleted no older copy of the database gives anything back, not even to whoever holds the
//! municipality's recovery key.
//!
//! Two files cannot be committed as one, so the order is what makes it safe: a key is on disk before the first row it masks
//! is committed, the list of erasures says what will be erased before it is, and the key is deleted last. What a crash
//! leaves half done is finished when the database is opened, before anybody is answered ([`super::sqlite`]).

use std::collections::{HashMap, HashSet};
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use feltbog_domain::{FolderId, ProgrammeId, TenantId};
use feltbog_protocol::EnvelopeHash;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use zeroize::Zeroizing;

use super::StoreError;
use super::sqlite::columns::{bound, id, number};

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS shred (
        tenant  BLOB NOT NULL CHECK (length(tenant) = 16),
        folder  BLOB NOT NULL CHECK (length(folder) = 16),
        key     BLOB NOT NULL CHECK (length(key) = 32),
        PRIMARY KEY (tenant, folder)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS erasure_log (
        tenant     BLOB NOT NULL CHECK (length(tenant) = 16),
        folder     BLOB NOT NULL CHECK (length(folder) = 16),
        kind_code  INTEGER NOT NULL,
        programme  BLOB NOT NULL CHECK (length(programme) = 16),
        seq        INTEGER NOT NULL,
        reason     INTEGER NOT NULL,
        at_ms      INTEGER NOT NULL,
        PRIMARY KEY (tenant, folder)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS erased_envelope (
        tenant     BLOB NOT NULL CHECK (length(tenant) = 16),
        folder     BLOB NOT NULL CHECK (length(folder) = 16),
        env_hash   BLOB NOT NULL CHECK (length(env_hash) = 32),
        seq        INTEGER NOT NULL,
        reason     INTEGER NOT NULL,
        at_ms      INTEGER NOT NULL,
        PRIMARY KEY (tenant, folder, env_hash)
    ) STRICT, WITHOUT ROWID;";

/// A folder's key. Does not print.
#[derive(Clone)]
pub(super) struct ShredKey(Zeroizing<[u8; 32]>);

impl ShredKey {
    pub(super) fn of(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// One folder that was erased: no personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErasedRow {
    pub(super) tenant: TenantId,
    pub(super) folder: FolderId,
    pub(super) kind_code: u8,
    pub(super) programme: ProgrammeId,
    /// The row that confirmed it, in the log of that day.
    pub(super) seq: u64,
    pub(super) reason: u8,
    pub(super) at_ms: i64,
}

impl ErasedRow {
    /// Which folder; an id means nothing outside its municipality.
    pub(super) const fn place(&self) -> (TenantId, FolderId) {
        (self.tenant, self.folder)
    }

    /// Reads columns in the order of the fields.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            tenant: id(row, 0)?,
            folder: id(row, 1)?,
            kind_code: row.get(2)?,
            programme: id(row, 3)?,
            seq: number(row, 4)?,
            reason: row.get(5)?,
            at_ms: row.get(6)?,
        })
    }
}

/// One envelope that lost its body with an entry that was erased: no personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErasedEnvelope {
    pub(super) tenant: TenantId,
    pub(super) folder: FolderId,
    pub(super) hash: EnvelopeHash,
    /// The row that confirmed it, in the log of that day.
    pub(super) seq: u64,
    pub(super) reason: u8,
    pub(super) at_ms: i64,
}

/// The open store, shared by all connections to the database.
pub(crate) struct ShredStore {
    connection: Mutex<Connection>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: HashMap<(TenantId, FolderId), ShredKey>,
    /// Keys that are not on disk yet.
    fresh: Vec<(TenantId, FolderId)>,
    /// What the open transaction erases.
    intents: Vec<ErasedRow>,
    /// Envelopes of which it erases the bodies.
    bodies: Vec<ErasedEnvelope>,
    /// What was erased of each folder before.
    gone: Gone,
    /// What the file said of its changes when it was read last.
    seen: Option<i64>,
}

/// Envelopes without bodies, by folder.
type Gone = HashMap<(TenantId, FolderId), HashSet<EnvelopeHash>>;

fn gone(connection: &Connection) -> Result<Gone, StoreError> {
    let mut statement = connection.prepare("SELECT tenant, folder, env_hash FROM erased_envelope")?;
    let rows = statement.query_map([], |row| Ok(((id(row, 0)?, id(row, 1)?), EnvelopeHash(row.get(2)?))))?;
    let mut found = Gone::new();
    for row in rows {
        let (folder, hash) = row?;
        found.entry(folder).or_default().insert(hash);
    }
    Ok(found)
}

/// Where the store of a database lies.
pub(crate) fn path_beside(database: &Path) -> PathBuf {
    database.with_file_name("shred.db")
}

impl ShredStore {
    /// Opens the store beside a database; makes it where there is none, readable by its owner only.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map_err(StoreError::ShredStore)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        // No write-ahead log: a key that was deleted shall not stand in a second file.
        connection.pragma_update(None, "journal_mode", "DELETE")?;
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        connection.execute_batch(TABLES)?;
        let store = Self::on(connection);
        store.state().gone = gone(&store.connection())?;
        Ok(store)
    }

    /// Opens the store for reading; a database from before there was one has none.
    pub(super) fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Self::in_memory();
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(Self::on(connection))
    }

    /// An empty store that is gone with its owner.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(TABLES)?;
        Ok(Self::on(connection))
    }

    fn on(connection: Connection) -> Self {
        Self { connection: Mutex::new(connection), state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A folder's key; nothing where it was deleted or never was here.
    pub(super) fn key(&self, tenant: TenantId, folder: FolderId) -> Result<Option<ShredKey>, StoreError> {
        if let Some(key) = self.state().known.get(&(tenant, folder)) {
            return Ok(Some(key.clone()));
        }
        let found = {
            let connection = self.connection();
            let mut statement = connection.prepare_cached("SELECT key FROM shred WHERE tenant = ?1 AND folder = ?2")?;
            statement
                .query_row(params![tenant.as_bytes(), folder.as_bytes()], |row| row.get::<_, [u8; 32]>(0))
                .optional()?
                .map(ShredKey::of)
        };
        if let Some(key) = &found {
            self.state().known.insert((tenant, folder), key.clone());
        }
        Ok(found)
    }

    /// A folder's key, made where there is none. It is on disk when [`ShredStore::before_commit`] has returned.
    pub(super) fn key_or_new(&self, tenant: TenantId, folder: FolderId) -> Result<ShredKey, StoreError> {
        if let Some(key) = self.key(tenant, folder)? {
            return Ok(key);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice()).map_err(StoreError::Random)?;
        let key = ShredKey(bytes);
        let mut state = self.state();
        state.known.insert((tenant, folder), key.clone());
        state.fresh.push((tenant, folder));
        Ok(key)
    }

    /// Takes in what other processes have written to the store: what is erased, and which keys are gone. Keys that are not on disk
    /// yet are this process's own and stay.
    pub(super) fn follow_others(&self) -> Result<(), StoreError> {
        let connection = self.connection();
        let now: i64 = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.state().seen == Some(now) {
            return Ok(());
        }
        let gone = gone(&connection)?;
        let mut state = self.state();
        let State { known, fresh, .. } = &mut *state;
        known.retain(|folder, _| fresh.contains(folder));
        state.gone = gone;
        state.seen = Some(now);
        Ok(())
    }

    /// The open transaction erases a folder.
    pub(super) fn intend(&self, row: ErasedRow) {
        self.state().intents.push(row);
    }

    /// The open transaction erases the body of an envelope.
    pub(super) fn intend_body(&self, row: ErasedEnvelope) {
        self.state().bodies.push(row);
    }

    /// How much the open transaction erases so far, for [`ShredStore::take_back`].
    pub(super) fn intended(&self) -> Intended {
        let state = self.state();
        Intended { folders: state.intents.len(), bodies: state.bodies.len() }
    }

    /// What was intended since is undone.
    pub(super) fn take_back(&self, intended: Intended) {
        let mut state = self.state();
        state.intents.truncate(intended.folders);
        state.bodies.truncate(intended.bodies);
    }

    /// Brings to disk what the rows that are about to be committed stand on: their keys, and the list of what they erase.
    pub(super) fn before_commit(&self) -> Result<(), StoreError> {
        let (keys, intents, bodies) = {
            let state = self.state();
            let keys: Vec<_> = state.fresh.iter().filter_map(|of| Some((*of, state.known.get(of)?.clone()))).collect();
            (keys, state.intents.clone(), state.bodies.clone())
        };
        if keys.is_empty() && intents.is_empty() && bodies.is_empty() {
            return Ok(());
        }
        {
            let mut connection = self.connection();
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for ((tenant, folder), key) in &keys {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO shred (tenant, folder, key) VALUES (?1, ?2, ?3)")?
                    .execute(params![tenant.as_bytes(), folder.as_bytes(), key.expose()])?;
            }
            for row in &intents {
                note(&transaction, row)?;
            }
            for row in &bodies {
                note_body(&transaction, row)?;
            }
            transaction.commit()?;
        }
        self.state().fresh.clear();
        Ok(())
    }

    /// Adds what the list lacks of these.
    pub(super) fn list(&self, erased: &[ErasedRow]) -> Result<(), StoreError> {
        let listed: HashSet<_> = self.erasure_log()?.iter().map(ErasedRow::place).collect();
        let missing: Vec<_> = erased.iter().filter(|row| !listed.contains(&row.place())).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in missing {
            note(&transaction, row)?;
        }
        Ok(transaction.commit()?)
    }

    /// The transaction is on disk: the keys of what it erased go. Returns whether it erased anything.
    pub(super) fn after_commit(&self) -> Result<bool, StoreError> {
        let (erased, bodies) = {
            let mut state = self.state();
            (std::mem::take(&mut state.intents), std::mem::take(&mut state.bodies))
        };
        for row in &bodies {
            self.state().gone.entry((row.tenant, row.folder)).or_default().insert(row.hash);
        }
        self.forget(&erased)?;
        Ok(!erased.is_empty() || !bodies.is_empty())
    }

    /// The transaction was not committed. What was listed is erased when it is asked for again, or when the server starts
    /// the next time: two people have signed it. A key that is not on disk is forgotten: another process may make the folder's
    /// before this one tries again.
    pub(super) fn not_committed(&self) {
        let mut state = self.state();
        state.intents.clear();
        state.bodies.clear();
        for folder in std::mem::take(&mut state.fresh) {
            state.known.remove(&folder);
        }
    }

    /// Deletes the keys of erased folders.
    pub(super) fn forget(&self, erased: &[ErasedRow]) -> Result<(), StoreError> {
        if erased.is_empty() {
            return Ok(());
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in erased {
            transaction
                .prepare_cached("DELETE FROM shred WHERE tenant = ?1 AND folder = ?2")?
                .execute(params![row.tenant.as_bytes(), row.folder.as_bytes()])?;
        }
        transaction.commit()?;
        drop(connection);
        let mut state = self.state();
        for row in erased {
            state.known.remove(&(row.tenant, row.folder));
        }
        Ok(())
    }

    /// Whether an envelope of a folder has lost its body: for ever, whoever brings it again.
    pub(super) fn is_without_body(&self, tenant: TenantId, folder: FolderId, hash: EnvelopeHash) -> bool {
        self.state().gone.get(&(tenant, folder)).is_some_and(|hashes| hashes.contains(&hash))
    }

    /// Whether any envelope of a folder has.
    pub(super) fn has_lost_bodies(&self, tenant: TenantId, folder: FolderId) -> bool {
        self.state().gone.contains_key(&(tenant, folder))
    }

    /// The envelopes of each folder that have lost their bodies.
    pub(super) fn without_bodies(&self) -> Gone {
        self.state().gone.clone()
    }

    /// Everything that was ever erased.
    pub(super) fn erasure_log(&self) -> Result<Vec<ErasedRow>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT tenant, folder, kind_code, programme, seq, reason, at_ms FROM erasure_log ORDER BY tenant, folder",
        )?;
        let rows = statement.query_map([], ErasedRow::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// How much a transaction erases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Intended {
    folders: usize,
    bodies: usize,
}

fn note_body(connection: &Connection, row: &ErasedEnvelope) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO erased_envelope (tenant, folder, env_hash, seq, reason, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            row.tenant.as_bytes(),
            row.folder.as_bytes(),
            row.hash.0,
            bound(row.seq),
            row.reason,
            row.at_ms
        ])?;
    Ok(())
}

fn note(connection: &Connection, row: &ErasedRow) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO erasure_log (tenant, folder, kind_code, programme, seq, reason, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            row.tenant.as_bytes(),
            row.folder.as_bytes(),
            row.kind_code,
            row.programme.as_bytes(),
            bound(row.seq),
            row.reason,
            row.at_ms
        ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: TenantId = TenantId::new([1; 16]);
    const FOLDER: FolderId = FolderId::new([2; 16]);

    fn erased() -> ErasedRow {
        ErasedRow {
            tenant: TENANT,
            folder: FOLDER,
            kind_code: 4,
            programme: ProgrammeId::new([3; 16]),
            seq: 9,
            reason: 1,
            at_ms: 5,
        }
    }

    #[test]
    fn a_key_is_the_same_after_opening_again_and_gone_from_the_file_once_it_is_deleted() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("shred.db");
        let store = ShredStore::open(&path).unwrap();
        let key = store.key_or_new(TENANT, FOLDER).unwrap();
        store.before_commit().unwrap();
        drop(store);
        let store = ShredStore::open(&path).unwrap();
        assert_eq!(store.key(TENANT, FOLDER).unwrap().unwrap().expose(), key.expose());
        let holds = || std::fs::read(&path).unwrap().windows(32).any(|bytes| bytes == key.expose());
        assert!(holds(), "the key is found where it is");
        store.intend(erased());
        store.before_commit().unwrap();
        assert!(store.after_commit().unwrap());
        assert!(store.key(TENANT, FOLDER).unwrap().is_none());
        assert!(!holds());
        assert_eq!(store.erasure_log().unwrap(), [erased()]);
    }

    #[test]
    fn what_was_taken_back_is_not_listed() {
        let store = ShredStore::in_memory().unwrap();
        let before = store.intended();
        store.intend(erased());
        store.take_back(before);
        store.before_commit().unwrap();
        assert!(!store.after_commit().unwrap());
        assert!(store.erasure_log().unwrap().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_but_the_owner_reads_the_store() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("shred.db");
        drop(ShredStore::open(&path).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
