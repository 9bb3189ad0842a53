//! The configuration file, table by table.

use std::io;
use std::path::Path;

use crate::limits::{Limits, LimitsError};
use crate::login::{LoginConfig, LoginConfigError, Logins};
use crate::settings::{MetricsConfig, ServerConfig, SettingsError, TlsConfig};

/// Everything that whoever runs the server may set; without a file, nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// What requests, devices and days may cost.
    pub limits: Limits,
    /// Staff login; without it an invitation alone lets a device in.
    pub login: Logins<LoginConfig>,
    /// Figures for Prometheus; without it there are none.
    pub metrics: Option<MetricsConfig>,
    /// Where the store is and what is listened on; what the command line says goes before.
    pub server: ServerConfig,
    /// Encryption by the server itself; without it a proxy on this computer has to do it.
    pub tls: Option<TlsConfig>,
}

/// Why a configuration was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file.
    #[error("the configuration could not be read: {0}")]
    File(#[from] io::Error),
    /// The file is not TOML.
    #[error("the configuration is not TOML: {0}")]
    Syntax(String),
    /// A table that nothing reads.
    #[error(
        "the configuration has `{0}`, which means nothing: its tables are [server], [tls], [metrics], [limits] and [login]"
    )]
    Unknown(String),
    /// A limit.
    #[error(transparent)]
    Limits(#[from] LimitsError),
    /// The login.
    #[error(transparent)]
    Login(#[from] LoginConfigError),
    /// Another table.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

impl Config {
    /// Reads a file; what it does not name is as by default.
    ///
    /// # Errors
    /// [`ConfigError`], in words for whoever wrote the file.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        std::fs::read_to_string(file)?.parse()
    }
}

impl std::str::FromStr for Config {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let file: toml::Table = text.parse().map_err(|error: toml::de::Error| ConfigError::Syntax(one_line(&error)))?;
        let mut config = Self::default();
        for (name, value) in &file {
            match (name.as_str(), value.as_table()) {
                ("limits", Some(table)) => config.limits = Limits::from_table(table)?,
                ("server", Some(table)) => config.server = ServerConfig::from_table(table)?,
                ("tls", Some(table)) => config.tls = Some(TlsConfig::from_table(table)?),
                ("metrics", Some(table)) => config.metrics = Some(MetricsConfig::from_table(table)?),
                ("login", Some(table)) => config.login = Logins::from_table(table)?,
                _ => return Err(ConfigError::Unknown(name.clone())),
            }
        }
        Ok(config)
    }
}

/// The parser draws the place in several lines.
fn one_line(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_sets_nothing_and_asks_for_no_login() {
        assert_eq!("".parse::<Config>().unwrap(), Config::default());
        assert_eq!(Config::default().login.all().count(), 0);
    }

    #[test]
    fn tables_that_mean_nothing_are_refused_by_name() {
        for (text, name) in [("lease_days = 7", "`lease_days`"), ("[limit]", "`limit`"), ("login = 1", "`login`")] {
            assert!(text.parse::<Config>().unwrap_err().to_string().contains(name), "{text}");
        }
    }

    #[test]
    fn what_is_not_toml_is_refused_on_one_line() {
        let refused = "[limits".parse::<Config>().unwrap_err().to_string();
        assert!(refused.starts_with("the configuration is not TOML") && !refused.contains('\n'), "{refused}");
    }
}
