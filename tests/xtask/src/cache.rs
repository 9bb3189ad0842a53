//! What was fetched once and serves every checkout.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// A folder of this name in the user's cache, made if it is not there.
pub(crate) fn folder(name: &str) -> Result<PathBuf> {
    let named = std::env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let cache = named.or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
    let folder = cache.context("set XDG_CACHE_HOME to a folder that may be written")?.join("feltbog").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}
