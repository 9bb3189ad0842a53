//! The folder everything of one demo lies in.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::secret::random_text;
use crate::janitor::Janitor;

/// A folder of our own, and who cleans up after us.
pub(super) struct Workplace {
    folder: PathBuf,
    pub(super) janitor: Janitor,
}

impl Workplace {
    /// A folder that goes at the end, or the one to keep.
    pub(super) fn make(keep: Option<&Path>) -> Result<Self> {
        let janitor = Janitor::hire()?;
        let folder = match keep {
            Some(keep) => std::path::absolute(keep)?,
            None => std::env::temp_dir().join(format!("feltbog-demo-{}", random_text()?)),
        };
        if keep.is_some() && fs::read_dir(&folder).is_ok_and(|mut items| items.next().is_some()) {
            bail!("{} is not empty: name a new folder with --keep", folder.display());
        }
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.with_context(|| format!("{} could not be made", folder.display()))?;
        if keep.is_none() {
            janitor.remove_at_end(&folder);
        }
        let workplace = Self { folder, janitor };
        fs::write(workplace.passphrase_file(), random_text()?)?;
        Ok(workplace)
    }

    /// Something in it.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What unlocks every device of the demo.
    pub(super) fn passphrase_file(&self) -> PathBuf {
        self.path("passphrase")
    }
}
