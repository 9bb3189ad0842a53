//! `--database`: where the log is, when it is in no file.

use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use zeroize::Zeroizing;

use super::settings;
use crate::config::ConfigError;
use crate::{NoAddress, Store};

#[derive(Debug, Args)]
pub(super) struct Database {
    /// PostgreSQL that several servers share, as postgres://USER@HOST/NAME; `--keys` then names the folder of the keys, which they
    /// share as well [default: `database` under [server] in the settings that FELTBOG_CONFIG names or that are in the folder; without
    /// it the log is a file there]
    #[arg(long, env = "FELTBOG_DATABASE", hide_env_values = true)]
    database: Option<Unread>,
}

/// As it was typed: read later, because a refusal of the command line repeats what it refuses, and a password may stand in it.
#[derive(Clone)]
struct Unread(Zeroizing<String>);

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unread(..)")
    }
}

impl FromStr for Unread {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(Zeroizing::new(text.to_owned())))
    }
}

/// Why it is not known where the store is.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoDatabase {
    /// What was named cannot be.
    #[error(transparent)]
    Address(#[from] NoAddress),
    /// The settings.
    #[error(transparent)]
    Settings(#[from] ConfigError),
    /// The folder has keys only.
    #[error("the log of this store is in a database: name it with --database, or `database` under [server]")]
    NotNamed,
}

impl Database {
    /// The store in a folder. The settings are read only where there is no file and nothing was named.
    pub(super) fn of(&self, data: &Path, config: Option<&Path>) -> Result<Store, NoDatabase> {
        let store = Store::from(data);
        if self.database.is_none() && store.is_here() {
            return Ok(store);
        }
        let named = std::env::var_os("FELTBOG_CONFIG").map(PathBuf::from);
        self.or(data, || Ok(settings::read(config.or(named.as_deref()), Some(data))?.server.database))
    }

    /// The store in a folder, with what was named here or else there.
    pub(super) fn or(
        &self,
        data: &Path,
        else_named: impl FnOnce() -> Result<Option<crate::DatabaseAddress>, ConfigError>,
    ) -> Result<Store, NoDatabase> {
        let database = match &self.database {
            Some(typed) => Some(typed.0.parse()?),
            None => else_named()?,
        };
        if database.is_none() && Store::from(data).is_elsewhere() {
            return Err(NoDatabase::NotNamed);
        }
        Ok(Store::at(data, database))
    }
}
