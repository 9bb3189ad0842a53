//! Packing the user interface.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;

use crate::{command, npm, repository};

/// What the packed user interface is made of.
const SOURCES: [&str; 7] =
    ["src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts", "svelte.config.js"];

/// Packs it, unless it is packed and nothing changed since.
pub(crate) fn pack() -> Result<()> {
    let folder = repository::ui();
    npm::install(&folder)?;
    if is_fresh(&folder) {
        return Ok(());
    }
    command::run(npm::npm(&folder).args(["run", "--silent", "build", "--", "--logLevel", "warn"]))
}

/// Types and templates.
pub(crate) fn check() -> Result<()> {
    command::run(npm::npm(&repository::ui()).args(["run", "--silent", "check"]))
}

fn is_fresh(folder: &Path) -> bool {
    let packed = newest(&folder.join("dist/index.html"));
    packed.is_some() && SOURCES.iter().all(|source| newest(&folder.join(source)) <= packed)
}

/// When the file, or the newest file below the folder, was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().and_then(|metadata| metadata.modified()).ok()?;
    let Ok(items) = fs::read_dir(path) else { return Some(own) };
    items.flatten().filter_map(|item| newest(&item.path())).chain([own]).max()
}
