//! The tables of the configuration file that say how the server runs; each is refused with the name of the key.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::HeaderName;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::log::DatabaseAddress;

/// Why a table was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A key that nothing reads, one that is missing, or a value that cannot be.
    #[error("[{table}] is not right: {why}")]
    Table {
        /// The table.
        table: &'static str,
        /// In the parser's words, on one line.
        why: String,
    },
    /// The figures are for those on this computer.
    #[error("`listen` under [metrics] must be an address of this computer itself, like 127.0.0.1:9484")]
    NotLoopback,
}

/// `[metrics]`: figures for Prometheus.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsConfig {
    /// Where they are fetched; port 0 takes any that is free.
    pub listen: SocketAddr,
}

impl MetricsConfig {
    pub(crate) fn from_table(table: &toml::Table) -> Result<Self, SettingsError> {
        let read: Self = read("metrics", table)?;
        if read.listen.ip().is_loopback() { Ok(read) } else { Err(SettingsError::NotLoopback) }
    }
}

/// `[server]`: where the store is and what is listened on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Folder of the store.
    pub data: Option<PathBuf>,
    /// PostgreSQL that several servers share; then the folder holds their keys alone.
    pub database: Option<DatabaseAddress>,
    /// Address and port for devices, or for the proxy before the server.
    pub listen: Option<SocketAddr>,
    /// Where the proxy before the server says whom it speaks for. Only a proxy that sets it on every request may reach a
    /// server that goes by it.
    pub client_header: Option<ClientHeader>,
}

/// The name of a header.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ClientHeader(pub(crate) HeaderName);

impl TryFrom<String> for ClientHeader {
    type Error = NoHeader;

    fn try_from(name: String) -> Result<Self, NoHeader> {
        name.parse().map(Self).map_err(|_| NoHeader)
    }
}

/// The text is no name of a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`client_header` must be the name of a header, like x-real-ip")]
pub struct NoHeader;

impl ServerConfig {
    pub(crate) fn from_table(table: &toml::Table) -> Result<Self, SettingsError> {
        read("server", table)
    }
}

/// `[tls]`: encryption by the server itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// The certificate and those of its issuers, PEM; read again when it changes.
    pub certificate: PathBuf,
    /// Its key, PEM.
    pub key: PathBuf,
}

impl TlsConfig {
    pub(crate) fn from_table(table: &toml::Table) -> Result<Self, SettingsError> {
        read("tls", table)
    }
}

fn read<T: DeserializeOwned>(name: &'static str, table: &toml::Table) -> Result<T, SettingsError> {
    let why = |error: toml::de::Error| error.message().lines().collect::<Vec<_>>().join(" ");
    table.clone().try_into().map_err(|error| SettingsError::Table { table: name, why: why(error) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics(text: &str) -> Result<MetricsConfig, SettingsError> {
        MetricsConfig::from_table(&text.parse().unwrap())
    }

    #[test]
    fn figures_are_for_this_computer_alone() {
        assert!(metrics("listen = \"[::1]:0\"").is_ok());
        for open in ["0.0.0.0:9484", "192.0.2.7:9484"] {
            assert!(matches!(metrics(&format!("listen = \"{open}\"")), Err(SettingsError::NotLoopback)), "{open}");
        }
    }

    #[test]
    fn what_a_table_does_not_know_is_refused_by_name() {
        for (text, name) in [("listne = 1", "listne"), ("", "listen"), ("listen = 9484", "metrics")] {
            let refused = metrics(text).unwrap_err().to_string();
            assert!(refused.contains(name) && !refused.contains('\n'), "{refused}");
        }
    }
}
