//! Opening the database, and the two ways to work with it.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use zeroize::Zeroizing;

/// Applied in order; a database knows how many it has had (`user_version`). Never edited once released.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_initial.sql"),
    include_str!("../migrations/0002_protocol.sql"),
    include_str!("../migrations/0003_actor.sql"),
    include_str!("../migrations/0004_lists.sql"),
    include_str!("../migrations/0005_search_forgets.sql"),
    include_str!("../migrations/0006_several_keys.sql"),
    include_str!("../migrations/0007_log_points.sql"),
    include_str!("../migrations/0008_cover.sql"),
    include_str!("../migrations/0009_erasure.sql"),
    include_str!("../migrations/0010_read_log.sql"),
    include_str!("../migrations/0011_field_book.sql"),
    include_str!("../migrations/0012_read_log_kept.sql"),
    include_str!("../migrations/0013_employers.sql"),
    include_str!("../migrations/0014_profile.sql"),
    include_str!("../migrations/0015_search.sql"),
    include_str!("../migrations/0016_employer_register.sql"),
    include_str!("../migrations/0017_erased_entries.sql"),
    include_str!("../migrations/0018_begun.sql"),
    include_str!("../migrations/0019_programme_settings.sql"),
    include_str!("../migrations/0020_former_codes.sql"),
    include_str!("../migrations/0021_people.sql"),
    include_str!("../migrations/0022_other_companies.sql"),
    include_str!("../migrations/0023_unsent_from_the_index.sql"),
    include_str!("../migrations/0024_organisations.sql"),
    include_str!("../migrations/0025_facts.sql"),
];

/// The newest shape of the tables: how many migrations made it.
pub const SCHEMA: u32 = 25;

/// What all of them make of a database that has had none. A column that is added makes SQLite read the whole schema again, so
/// that a new database would spend its time on a past it never had. `cargo xtask check --fix` writes it.
const AT_ONCE: &str = include_str!("../migrations/at_once.sql");

/// What goes wrong with the database. Never carries content.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file.
    #[error("the database does not open with this key")]
    WrongKey,
    /// The file was written by a newer version.
    #[error("the database was written by a newer version of Feltbog")]
    NewerSchema,
    /// This build of SQLite cannot encrypt. Opening would store health data in clear, so nothing is opened.
    #[error("this build of SQLite cannot encrypt")]
    NotEncrypted,
    /// A stored value cannot be what it is.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(&'static str),
    /// The write-ahead log an earlier process left could not be brought to the disk.
    #[error("the write-ahead log cannot be written: {0}")]
    File(std::io::ErrorKind),
    /// SQLite refused.
    #[error("the database refused: {}", kind_of(.0))]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::Sqlite(error)
    }
}

impl StoreError {
    /// Whether the connection may be of no more use. SQLCipher gives a connection up for good when one page could not be
    /// read or checked, although the next read would succeed: it decrypts what was not read, and takes it for forged.
    #[must_use]
    pub fn spoils_the_connection(&self) -> bool {
        let StoreError::Sqlite(error) = self else { return false };
        matches!(
            error.sqlite_error_code(),
            Some(
                ErrorCode::SystemIoFailure
                    | ErrorCode::DatabaseCorrupt
                    | ErrorCode::NotADatabase
                    | ErrorCode::CannotOpen
                    | ErrorCode::OutOfMemory
            )
        )
    }
}

/// SQLite's messages may quote SQL; only its code is told.
fn kind_of(error: &rusqlite::Error) -> String {
    error.sqlite_error_code().map_or_else(|| "no code".to_owned(), |code| format!("{code:?}"))
}

/// The open database. One process, one connection: the home is locked by [`crate::Home`].
pub struct Store {
    connection: Connection,
    /// Where it lies and what opens it; nothing for one in memory.
    file: Option<(PathBuf, Zeroizing<[u8; 32]>)>,
    /// The draft that becomes what is saved next.
    becomes_saved: Option<String>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store(..)")
    }
}

/// Reading.
#[derive(Clone, Copy)]
pub struct Reader<'c> {
    pub(crate) sql: &'c Connection,
}

/// Writing inside one transaction; everything a reader can do as well.
#[derive(Clone, Copy)]
pub struct Writer<'c> {
    reader: Reader<'c>,
}

impl<'c> std::ops::Deref for Writer<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl<'c> Writer<'c> {
    /// Everything written through it belongs to this transaction.
    pub(crate) const fn within(transaction: &'c Connection) -> Self {
        Self { reader: Reader { sql: transaction } }
    }
}

impl Store {
    /// Opens or creates the database file under a 32-byte key.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] when the key does not fit; nothing is deleted or changed then.
    ///
    /// Only one process may open a database, and once at a time: the caller holds the home's lock.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<Self, StoreError> {
        write_ahead_log_anew(path).map_err(|error| StoreError::File(error.kind()))?;
        let connection = Self::prepare(Connection::open(path)?, key)?;
        Ok(Self { connection, file: Some((path.to_owned(), Zeroizing::new(*key))), becomes_saved: None })
    }

    /// Opens the same database anew; to be called after an error that [`StoreError::spoils_the_connection`], or the process
    /// could not work any more until it is started again.
    ///
    /// # Errors
    /// Like [`Store::open`]; the old connection stays then.
    pub fn reopen(&mut self) -> Result<(), StoreError> {
        if let Some((path, key)) = &self.file {
            self.connection = Self::prepare(Connection::open(path)?, key)?;
        }
        Ok(())
    }

    /// A database in memory, for tests; encrypted like the other.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn in_memory(key: &[u8; 32]) -> Result<Self, StoreError> {
        Ok(Self { connection: Self::prepare(Connection::open_in_memory()?, key)?, file: None, becomes_saved: None })
    }

    fn prepare(mut connection: Connection, key: &[u8; 32]) -> Result<Connection, StoreError> {
        unlock(&connection, key)?;
        connection.execute_batch(
            "PRAGMA cipher_memory_security = OFF;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;
             PRAGMA cache_size = -8000;
             PRAGMA wal_autocheckpoint = 4000;",
        )?;
        connection.set_prepared_statement_cache_capacity(256);
        migrate(&mut connection)?;
        crate::search::make_ready(&mut connection)?;
        Ok(connection)
    }

    /// Reads.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader { sql: &self.connection }
    }

    /// Runs one transaction; durable when this returns `Ok`, without a trace when it returns `Err`.
    ///
    /// # Errors
    /// What the closure returns, or SQLite's refusal to commit.
    pub fn write<T, E: From<StoreError>>(&mut self, work: impl FnOnce(&Writer<'_>) -> Result<T, E>) -> Result<T, E> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let writer = Writer::within(&transaction);
        let value = work(&writer)?;
        if let Some(draft) = &self.becomes_saved {
            writer.drop_draft(draft)?;
        }
        #[cfg(feature = "simulation")]
        crate::simulation::before_commit()?;
        transaction.commit().map_err(StoreError::from)?;
        #[cfg(feature = "simulation")]
        crate::simulation::after_commit()?;
        Ok(value)
    }

    /// What is written until this is said again is what became of this draft, which goes in the same transaction: nobody
    /// finds it begun beside what it became, and saves it twice.
    pub fn becomes_saved(&mut self, draft: Option<String>) {
        self.becomes_saved = draft;
    }

    /// Moves what the write-ahead log holds into the database file, where nobody waits for it: after an exchange. A save
    /// does it only when the log has grown to 16 MiB without one.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Moves what the write-ahead log holds into the database file, and empties it; before that, the search index forgets
    /// what is left of words that were taken off the device.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        crate::search::forget_gone_words(&mut self.connection)?;
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// Writes the bytes of the write-ahead log over themselves, and syncs them.
///
/// What an earlier process left there may be in the system's memory only: once a sync has failed, the system takes the
/// pages for written, and no later sync would bring them to the disk. SQLite would build on them, and everything saved
/// after them would be lost with them when the power goes. Written again, they are on disk or this fails.
fn write_ahead_log_anew(path: &Path) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    let mut file = match OpenOptions::new().read(true).write(true).open(name) {
        Ok(file) => file,
        // A process that ended in good order leaves none.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    file.rewind()?;
    file.write_all(&bytes)?;
    file.sync_all()
}

/// Brings the database to the newest version, in one transaction: what a crash leaves is the old one or the new one.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let had: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if had as usize > MIGRATIONS.len() {
        return Err(StoreError::NewerSchema);
    }
    // A database that is up to date is opened without a write.
    if had as usize == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if had == 0 {
        transaction.execute_batch(AT_ONCE)?;
    } else {
        for migration in MIGRATIONS.iter().skip(had as usize) {
            transaction.execute_batch(migration)?;
        }
    }
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    Ok(transaction.commit()?)
}

/// The key must be the first statement on a connection, and a wrong one only shows at the first read.
fn unlock(connection: &Connection, key: &[u8; 32]) -> Result<(), StoreError> {
    let hex = Zeroizing::new(key.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()));
    // Its own log goes to standard error and would stand before our sentence.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&pragma)?;
    let version: Option<String> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    if version.is_none_or(|version| version.is_empty()) {
        return Err(StoreError::NotEncrypted);
    }
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(|error| {
        // A disk that does not answer says nothing about the key.
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::WrongKey,
            _ => StoreError::Sqlite(error),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_is_refused_and_destroys_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feltbog.db");
        drop(Store::open(&path, &[1; 32]).unwrap());
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(Store::open(&path, &[2; 32]), Err(StoreError::WrongKey)));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert!(Store::open(&path, &[1; 32]).is_ok());
    }

    #[test]
    fn the_file_does_not_begin_as_a_plain_database() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feltbog.db");
        drop(Store::open(&path, &[1; 32]).unwrap());
        assert!(!std::fs::read(&path).unwrap().starts_with(b"SQLite format 3"));
    }

    #[test]
    fn the_number_of_the_newest_shape_is_how_many_migrations_there_are() {
        assert_eq!(SCHEMA as usize, MIGRATIONS.len());
    }

    #[test]
    fn a_database_of_a_newer_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feltbog.db");
        let store = Store::open(&path, &[1; 32]).unwrap();
        store.connection.pragma_update(None, "user_version", 999).unwrap();
        drop(store);
        assert!(matches!(Store::open(&path, &[1; 32]), Err(StoreError::NewerSchema)));
    }

    #[test]
    fn a_read_log_of_the_build_before_is_kept_from_when_it_was_read_and_under_the_key_there_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        let before = MIGRATIONS.iter().position(|migration| migration.contains("came_ms")).unwrap();
        for migration in &MIGRATIONS[..before] {
            connection.execute_batch(migration).unwrap();
        }
        connection.pragma_update(None, "user_version", u32::try_from(before).unwrap()).unwrap();
        connection
            .execute_batch(
                "INSERT INTO folder (id, kind, programme, key_epoch, creator, announced, actor, prev_hash, seen_digest)
                     VALUES (x'07', 9, x'00', 1, x'00', 1, x'00', x'00', x'00');
                 INSERT INTO read_log (folder, device, counter, at_ms, action) VALUES (x'01', x'02', 1, 55, 1);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        let kept: (i64, Vec<u8>) = connection
            .query_row("SELECT came_ms, key FROM read_log", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(kept, (55, vec![7]));
    }

    /// A database that went through every migration.
    fn grown(migrations: &[&str]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        for migration in migrations {
            connection.execute_batch(migration).unwrap();
        }
        connection
    }

    /// Every table and index in the words it was made with, tables first; what the search index keeps for itself is its own.
    fn shape(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'entry\\_text\\_%' ESCAPE '\\'
                 ORDER BY type = 'table' DESC, name",
            )
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    fn search_settings(connection: &Connection) -> Vec<(String, i64)> {
        let mut statement = connection.prepare("SELECT k, v FROM entry_text_config ORDER BY k").unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_new_database_is_what_the_migrations_make_of_an_old_one() {
        let grown = grown(MIGRATIONS);
        let mut new = Connection::open_in_memory().unwrap();
        migrate(&mut new).unwrap();
        assert_eq!(shape(&new), shape(&grown));
        assert_eq!(search_settings(&new), search_settings(&grown));
        assert!(search_settings(&new).contains(&("secure-delete".to_owned(), 1)));
        let mut tables = new.prepare("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'").unwrap();
        let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(tables.len() > 50, "{}", tables.len());
        for table in tables.iter().filter(|table| !table.starts_with("entry_text_")) {
            let rows = |connection: &Connection| -> u32 {
                connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
            };
            assert_eq!(rows(&new), rows(&grown), "{table}");
        }
    }

    #[test]
    fn a_database_is_brought_up_to_date_in_one_transaction_or_stays_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        // What one of the migrations makes is there already, so it cannot make it.
        connection.execute_batch("CREATE TABLE reading (in_the_way TEXT)").unwrap();
        let tables = |connection: &Connection| -> Vec<String> {
            let mut statement = connection.prepare("SELECT name FROM sqlite_master ORDER BY name").unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let before = tables(&connection);
        assert!(migrate(&mut connection).is_err());
        assert_eq!(tables(&connection), before);
        let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 1);
        connection.execute_batch("DROP TABLE reading").unwrap();
        migrate(&mut connection).unwrap();
        let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version as usize, MIGRATIONS.len());
    }

    #[test]
    fn a_write_that_fails_leaves_no_trace() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let failed: Result<(), StoreError> = store.write(|w| {
            w.set_meta("word", b"value")?;
            Err(StoreError::Unreadable("on purpose"))
        });
        assert!(failed.is_err());
        assert_eq!(store.reader().meta("word").unwrap(), None);
    }
}
