//! Packages of a folder with a `package-lock.json`.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::Result;

use crate::{command, needs};

/// Installs what the lock file names, if that has not been done.
pub(crate) fn install(folder: &Path) -> Result<()> {
    needs::node()?;
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&folder.join("package-lock.json")) {
        return Ok(());
    }
    command::run(npm(folder).args(["ci", "--fetch-retries=5", "--no-audit", "--no-fund", "--loglevel=error"]))
}

/// npm in that folder.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder);
    command
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}
