//! Putting a copy of the database in place.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::backups::{self, DATABASE_FILE, KEY_FILE, SHRED_FILE, STOPS_FILE, Verified, VerifyError, copy_private};
use crate::data_dir::DataDir;
use crate::log::{self, CreateError, StoreError};
use crate::mark::sync_folder;
use crate::store::Store;
use crate::surroundings::of_the_system;

/// Why no copy was put in place.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file.
    #[error("{0}")]
    File(#[from] io::Error),
    /// Nothing to restore from.
    #[error("there is neither a backup nor a copy of a database to restore from at this path")]
    NoCopy,
    /// It would be written under the server's hands.
    #[error("a server runs on this folder: stop it first")]
    Running,
    /// Without it no receipt of before would hold.
    #[error("the folder has no receipt.key: put the key file back from its own backup first")]
    KeyMissing,
    /// The copy.
    #[error("{0}")]
    Store(String),
    /// The newest copy of the database in a backup is damaged.
    #[error(
        "the newest copy of the database is damaged, and the store in place is as it was: {0}\nLook for the same copy in the other \
         place you keep backups in. Where it is damaged there as well, --pass-over-damaged takes the newest copy that is whole: \
         devices bring again what came since"
    )]
    Damaged(#[source] VerifyError),
    /// Every copy of the database in a backup is damaged.
    #[error(
        "every copy of the database in this backup is damaged ({count}), and the store in place is as it was; the newest: {why}\n\
         Keep them all, and look in the other place you keep backups in. No part of a damaged copy is restored, for nobody could \
         tell what it lacks. What devices hold is safe with them and can be worked with: leave the server stopped, and make no \
         new store, which would know none of them"
    )]
    NoneWhole {
        /// How many.
        count: usize,
        /// What is wrong with the newest.
        #[source]
        why: VerifyError,
    },
    /// The copy is not to be relied on.
    #[error("the store in place is as it was, for this copy is {0}")]
    Copy(#[from] VerifyError),
    /// The system's random source.
    #[error("the system gave no random bytes: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<StoreError> for RestoreError {
    fn from(error: StoreError) -> Self {
        RestoreError::Store(error.to_string())
    }
}

impl From<CreateError> for RestoreError {
    fn from(error: CreateError) -> Self {
        RestoreError::Store(error.to_string())
    }
}

/// What was put in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// The store as it is now.
    pub verified: Verified,
    /// Newer copies of the database that were not taken, for want of the keys of folders in them.
    pub passed_over: usize,
    /// Newer copies of the database that were not taken because they are damaged.
    pub damaged: usize,
}

/// What becomes of copies of the database that are damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DamagedCopies {
    /// Nothing is restored where the newest is one of them.
    Refuse,
    /// The newest is taken that is not.
    PassOver,
}

/// Puts a copy of the database in the place of the one in `data` and begins a new epoch for every municipality in it. The
/// copy is left as it is; the database that stood there is kept beside as `feltbog.db.before-restore`.
///
/// Of a backup, keys and stops are put back where the folder has none: those in place know of later erasures. Of its copies of the
/// database the newest is taken that these keys can read whole.
///
/// # Errors
/// [`RestoreError`]; the database in place is the one of before then.
pub fn restore(data: &Path, from: &Path, damaged_copies: DamagedCopies) -> Result<Restored, RestoreError> {
    let dir = DataDir::at(data);
    let Chosen { copy, passed_over, damaged } = match backups::newest(from)? {
        Some((_, keys)) => {
            backups::check_set(&keys)?;
            let found = newest_readable(from, &keys, &dir, damaged_copies)?;
            put_back_what_is_missing(&dir, &keys)?;
            found
        }
        None => Chosen { copy: from.to_owned(), passed_over: 0, damaged: 0 },
    };
    if !copy.is_file() {
        return Err(RestoreError::NoCopy);
    }
    if !dir.receipt_key().is_file() {
        return Err(RestoreError::KeyMissing);
    }
    let _alone = dir.lock_alone()?.ok_or(RestoreError::Running)?;
    let fresh = dir.database().with_extension("db.restoring");
    remove_with_companions(&fresh)?;
    log::copy_of(&copy, &fresh)?;
    log::write_file_once(&fresh, |transaction| {
        for standing in transaction.standings()? {
            transaction.begin_epoch(standing.tenant, &of_the_system().map_err(StoreError::Random)?, u64::MAX)?;
        }
        Ok::<_, StoreError>(())
    })?;
    log::empty_what_has_no_key(&fresh)?;
    File::open(&fresh)?.sync_all()?;
    // Looked through with the keys in place, and before anything is replaced.
    let verified = backups::look_at_copy(&fresh, &dir).inspect_err(|_| drop(remove_with_companions(&fresh)))?;
    put_in_place(&dir, &fresh)?;
    Ok(Restored { verified, passed_over, damaged })
}

/// Takes up a log in a database that the database's own people have put back: erases again what the list says, takes out what
/// the keys cannot read, and begins a new epoch for every municipality. Keys and stops come from the backup of the keys `from` where
/// the folder has none.
///
/// # Errors
/// [`RestoreError`]; done again, it does the same again.
pub fn take_up(store: impl Into<Store>, from: Option<&Path>) -> Result<Restored, RestoreError> {
    let store = store.into();
    let dir = store.dir();
    if let Some(from) = from {
        let keys = backups::newest_keys(from)?.ok_or(RestoreError::NoCopy)?;
        backups::check_set(&keys)?;
        put_back_what_is_missing(dir, &keys)?;
    }
    if !dir.receipt_key().is_file() {
        return Err(RestoreError::KeyMissing);
    }
    let _alone = dir.lock_alone()?.ok_or(RestoreError::Running)?;
    log::take_up(&store, |transaction| {
        for standing in transaction.standings()? {
            transaction.begin_epoch(standing.tenant, &of_the_system().map_err(StoreError::Random)?, u64::MAX)?;
        }
        Ok::<_, StoreError>(())
    })?;
    remove(&dir.mark())?;
    fs::write(dir.elsewhere(), "")?;
    Ok(Restored { verified: backups::look_at_store(&store)?, passed_over: 0, damaged: 0 })
}

/// The copy that is restored.
struct Chosen {
    copy: PathBuf,
    passed_over: usize,
    damaged: usize,
}

/// The newest copy of the database of which the keys in place read everything, or those that will be put there, and how many newer
/// ones were passed over. Where there is none, the newest of all.
///
/// With a newer one the key records of new folders would be there and unreadable, and no device would think of sending them again;
/// what an older copy lacks, devices bring back by themselves.
fn newest_readable(
    from: &Path,
    keys: &Path,
    dir: &DataDir,
    damaged_copies: DamagedCopies,
) -> Result<Chosen, RestoreError> {
    let (copies, damaged) = whole_copies(from, damaged_copies)?;
    let in_place = dir.shred_store();
    let shred = if in_place.exists() { in_place } else { keys.join(SHRED_FILE) };
    for (passed_over, copy) in copies.iter().enumerate() {
        if log::has_every_key(copy, &shred)? {
            return Ok(Chosen { copy: copy.clone(), passed_over, damaged });
        }
    }
    Ok(Chosen { copy: copies.into_iter().next().ok_or(RestoreError::NoCopy)?, passed_over: 0, damaged })
}

/// The copies of the database from the newest that is whole on, and how many newer ones are damaged. An older whole copy is what any
/// older backup is: the new epoch begins at its end, and devices bring back what they have receipts for beyond it. A part of a
/// damaged one would have holes that no device is asked for.
fn whole_copies(from: &Path, damaged_copies: DamagedCopies) -> Result<(Vec<PathBuf>, usize), RestoreError> {
    let (mut whole, mut damaged, mut newest) = (Vec::new(), 0, None);
    for set in backups::databases(from)? {
        match backups::check_set(&set) {
            Ok(()) => whole.push(set.join(DATABASE_FILE)),
            // What is damaged and older than one that is whole hurts nobody.
            Err(_) if !whole.is_empty() => {}
            Err(why) => {
                damaged += 1;
                newest.get_or_insert(why);
            }
        }
    }
    match newest {
        Some(why) if whole.is_empty() => Err(RestoreError::NoneWhole { count: damaged, why }),
        Some(why) if damaged_copies == DamagedCopies::Refuse => Err(RestoreError::Damaged(why)),
        _ => Ok((whole, damaged)),
    }
}

/// On a new disk there is nothing at all; then everything comes from the backup.
fn put_back_what_is_missing(dir: &DataDir, keys: &Path) -> io::Result<()> {
    dir.make()?;
    for (name, place) in [(SHRED_FILE, dir.shred_store()), (STOPS_FILE, dir.stops()), (KEY_FILE, dir.receipt_key())] {
        let copy = keys.join(name);
        if copy.is_file() && !place.exists() {
            copy_private(&copy, &place)?;
        }
    }
    Ok(())
}

/// The old database goes first, with its companions: a write-ahead log beside a file it was not made for would ruin it.
fn put_in_place(dir: &DataDir, fresh: &Path) -> Result<(), RestoreError> {
    let place = dir.database();
    if place.is_file() {
        let before = dir.before_restore();
        remove_with_companions(&before)?;
        log::fold(&place)?;
        fs::rename(&place, &before)?;
    }
    remove_with_companions(&place)?;
    remove(&dir.mark())?;
    log::fold(fresh)?;
    fs::rename(fresh, &place)?;
    remove_with_companions(fresh)?;
    Ok(sync_folder(&place)?)
}

fn remove_with_companions(database: &Path) -> io::Result<()> {
    for companion in ["", "-wal", "-shm", "-journal"] {
        let mut path = database.as_os_str().to_owned();
        path.push(companion);
        remove(Path::new(&path))?;
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
