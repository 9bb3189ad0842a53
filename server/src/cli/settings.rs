//! Which settings a command goes by: those it is given, else those beside the store, else none.

use std::path::{Path, PathBuf};

use crate::config::{Config, ConfigError};

/// Where settings are looked for that are named nowhere.
pub(super) fn beside(data: &Path) -> PathBuf {
    data.join("server.toml")
}

/// Reads them.
pub(super) fn read(given: Option<&Path>, data: Option<&Path>) -> Result<Config, ConfigError> {
    let found = data.map(beside).filter(|file| given.is_none() && file.is_file());
    Ok(given.or(found.as_deref()).map(Config::read).transpose()?.unwrap_or_default())
}
