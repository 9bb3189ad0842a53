//! The folder that holds everything of one server.

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
}
