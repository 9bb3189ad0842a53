//! A device's folder on disk, and the lock that keeps it to one process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::unsent::UnsentFolder;

/// The folder of unsent work.
const UNSENT: &str = "unsent";

/// The folder of one device.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Another process uses it.
    #[error("the folder is in use by another process")]
    InUse,
    /// The file system refused.
    #[error("the folder cannot be used: {}", .0.kind())]
    Io(#[from] io::Error),
}

/// Held for as long as a process works in a home; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct HomeLock {
    home: Home,
    _file: File,
}

impl HomeLock {
    /// The home it is of.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.home
    }
}

impl Home {
    /// The home in a folder, which need not exist.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The encrypted database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.join("feltbog.db")
    }

    /// The database's key under a passphrase.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.folder.join("feltbog.key")
    }

    /// What the person calls the municipality, in clear; only where a device knows several.
    #[must_use]
    pub fn name_file(&self) -> PathBuf {
        self.folder.join("name")
    }

    /// Removes the device, the key first: what is left of an interrupted removal cannot be opened any more.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn remove(&self) -> Result<(), HomeError> {
        let endings = ["db", "db-wal", "db-shm"].map(|ending| self.database().with_extension(ending));
        for path in [self.key_file(), self.name_file()].into_iter().chain(endings) {
            match fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        match fs::remove_dir_all(self.folder.join(UNSENT)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The unsent work beside the database.
    #[must_use]
    pub fn unsent(&self) -> UnsentFolder {
        UnsentFolder::at(self.folder.join(UNSENT))
    }

    /// Where a running host says how to reach it.
    #[must_use]
    pub fn host_file(&self) -> PathBuf {
        self.folder.join("host.json")
    }

    /// Whether a device lives here.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        self.key_file().exists()
    }

    /// Makes the folder, for its owner only.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn create_folder(&self) -> Result<(), HomeError> {
        fs::create_dir_all(&self.folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    /// Makes the folder and an empty database in it, for its owner only.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn create(&self) -> Result<(), HomeError> {
        self.create_folder()?;
        // SQLite takes over an empty file with its permissions, and gives them to the files beside it.
        owners_only().open(self.database())?;
        Ok(())
    }

    /// Moves a database without a key file aside: joining ended before it had begun, and nobody can open it any more.
    /// It is not removed, in case somebody still has the key file.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn set_keyless_database_aside(&self, stamp: i64) -> Result<(), HomeError> {
        let database = self.database();
        if self.is_set_up() || fs::metadata(&database).map_or(0, |found| found.len()) == 0 {
            return Ok(());
        }
        for ending in ["db", "db-wal", "db-shm"] {
            let path = database.with_extension(ending);
            if path.exists() {
                fs::rename(&path, database.with_extension(format!("{stamp}.{ending}")))?;
            }
        }
        Ok(())
    }

    /// Takes the lock if nobody holds it.
    ///
    /// # Errors
    /// [`HomeError::InUse`] when another process does.
    pub fn lock(&self) -> Result<HomeLock, HomeError> {
        let file = owners_only().open(self.folder.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(HomeLock { home: self.clone(), _file: file }),
            Err(TryLockError::WouldBlock) => Err(HomeError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Writes a file whole or not at all, readable by its owner only.
    ///
    /// # Errors
    /// When the file system refuses; the old file is then as before.
    pub fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), HomeError> {
        let unfinished = path.with_extension("unfinished");
        let mut file = owners_only().truncate(true).open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        // The new name itself must survive a power cut.
        File::open(&self.folder)?.sync_all()?;
        Ok(())
    }
}

pub(crate) fn owners_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_used_by_one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path());
        let held = home.lock().unwrap();
        assert!(matches!(home.lock(), Err(HomeError::InUse)));
        drop(held);
        assert!(home.lock().is_ok());
    }
}
