//! The folder that holds everything of one server.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The database, and beside it what must not stand inside.
#[derive(Debug, Clone)]
pub(crate) struct DataDir(PathBuf);

impl DataDir {
    /// Names the folder; it need not exist.
    pub(crate) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Makes the folder if it is missing, open to its owner only.
    pub(crate) fn make(&self) -> io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)
    }

    /// Whether a store was made here.
    pub(crate) fn has_store(&self) -> bool {
        self.database().is_file()
    }

    /// The database file.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("feltbog.db")
    }

    /// The key receipts are signed with.
    pub(crate) fn receipt_key(&self) -> PathBuf {
        self.0.join("receipt.key")
    }

    /// The keys of folders, and the list of what was erased.
    pub(crate) fn shred_store(&self) -> PathBuf {
        self.0.join("shred.db")
    }

    /// Says that the log is in a database.
    pub(crate) fn elsewhere(&self) -> PathBuf {
        self.0.join("log-in-database")
    }

    /// Whom those who run the server have stopped.
    pub(crate) fn stops(&self) -> PathBuf {
        self.0.join("stopped")
    }

    /// The password of the administration page, and who is logged in there.
    pub(crate) fn admin(&self) -> PathBuf {
        self.0.join("admin")
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The database a restore put aside.
    pub(crate) fn before_restore(&self) -> PathBuf {
        self.database().with_extension("db.before-restore")
    }

    /// When recovery was rehearsed.
    pub(crate) fn drills(&self) -> PathBuf {
        self.0.join("recovery-drills")
    }

    /// When the last backup was verified.
    pub(crate) fn last_backup(&self) -> PathBuf {
        self.0.join("last-backup")
    }

    /// How far the log had come.
    pub(crate) fn mark(&self) -> PathBuf {
        self.0.join("feltbog.mark")
    }

    /// Says that a server runs here, until the file is dropped or the process ends; several may. Nothing while the
    /// database is being replaced.
    pub(crate) fn lock_shared(&self) -> io::Result<Option<File>> {
        taken(self.lock_file()?, File::try_lock_shared)
    }

    /// Keeps servers away until the file is dropped. Nothing while one runs.
    pub(crate) fn lock_alone(&self) -> io::Result<Option<File>> {
        taken(self.lock_file()?, File::try_lock)
    }

    fn lock_file(&self) -> io::Result<File> {
        // The key's file is always there and never replaced, so it can bear the lock.
        File::open(self.receipt_key())
    }
}

fn taken(file: File, lock: impl Fn(&File) -> Result<(), TryLockError>) -> io::Result<Option<File>> {
    match lock(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
