//! Where a server's store is.

use std::path::{Path, PathBuf};

use crate::data_dir::DataDir;
use crate::log::DatabaseAddress;

/// A folder that holds everything; or, where the log is in a database that several servers share, the folder of the keys,
/// which they share as well, and the database's address.
#[derive(Debug, Clone)]
pub struct Store {
    dir: DataDir,
    database: Option<DatabaseAddress>,
}

impl Store {
    /// A folder, and the database where there is one.
    #[must_use]
    pub fn at(folder: &Path, database: Option<DatabaseAddress>) -> Self {
        Self { dir: DataDir::at(folder), database }
    }

    /// Whether the folder belongs to a log in a database, as far as it tells.
    pub(crate) fn is_elsewhere(&self) -> bool {
        self.dir.elsewhere().is_file()
    }

    /// Whether the log is in a database.
    pub(crate) fn is_shared(&self) -> bool {
        self.database.is_some()
    }

    pub(crate) fn dir(&self) -> &DataDir {
        &self.dir
    }

    pub(crate) fn database(&self) -> Option<&DatabaseAddress> {
        self.database.as_ref()
    }

    /// Whether a store was made here, as far as the folder tells.
    pub(crate) fn is_here(&self) -> bool {
        match self.database {
            Some(_) => self.dir.receipt_key().is_file(),
            None => self.dir.has_store(),
        }
    }
}

impl From<&Store> for Store {
    fn from(store: &Store) -> Self {
        store.clone()
    }
}

impl From<&Path> for Store {
    fn from(folder: &Path) -> Self {
        Self::at(folder, None)
    }
}

impl From<&PathBuf> for Store {
    fn from(folder: &PathBuf) -> Self {
        Self::at(folder, None)
    }
}
