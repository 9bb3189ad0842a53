//! Where the database is, and as whom it is entered. Never printed: a password may stand in it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

/// How long a host may take to answer at all.
const CONNECT_TIME: Duration = Duration::from_secs(10);
/// A connection that nobody answers on any more is given up after as long.
const SILENCE: Duration = Duration::from_secs(30);

/// The address of a database, as `postgres://USER:PASSWORD@HOST/NAME`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DatabaseAddress(Box<Config>);

/// Why an address was not taken. Says nothing of what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address of the database is not one: write it as postgres://USER@HOST/NAME")]
pub struct NoAddress;

impl fmt::Debug for DatabaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseAddress(..)")
    }
}

impl FromStr for DatabaseAddress {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(NoAddress);
        }
        let mut config: Config = text.parse().map_err(|_| NoAddress)?;
        if config.get_ssl_mode() == SslMode::Prefer {
            // A password and who works with whom do not cross a network in clear, nor by the choice of whoever answers.
            let mode = if is_here(&config) { SslMode::Disable } else { SslMode::Require };
            config.ssl_mode(mode);
        }
        config
            .application_name("feltbog-server")
            .connect_timeout(CONNECT_TIME)
            .keepalives_idle(SILENCE)
            .tcp_user_timeout(SILENCE)
            .target_session_attrs(TargetSessionAttrs::ReadWrite);
        Ok(Self(Box::new(config)))
    }
}

impl TryFrom<String> for DatabaseAddress {
    type Error = NoAddress;

    fn try_from(text: String) -> Result<Self, NoAddress> {
        text.parse()
    }
}

impl DatabaseAddress {
    pub(super) fn config(&self) -> &Config {
        &self.0
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.0.get_ssl_mode() != SslMode::Disable
    }
}

/// Whether nothing leaves this computer: sockets of its own, or its own addresses.
fn is_here(config: &Config) -> bool {
    config.get_hostaddrs().iter().all(IpAddr::is_loopback)
        && config.get_hosts().iter().all(|host| match host {
            Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
            #[cfg(unix)]
            Host::Unix(_) => true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_encrypted(text: &str) -> bool {
        text.parse::<DatabaseAddress>().unwrap().is_encrypted()
    }

    #[test]
    fn neither_an_address_nor_its_refusal_shows_what_was_written() {
        let address: DatabaseAddress = "postgres://feltbog:hemmelig@db.example/feltbog".parse().unwrap();
        assert_eq!(format!("{address:?}"), "DatabaseAddress(..)");
        for wrong in ["postgres://feltbog:hemmelig@db.example:port/x", "feltbog:hemmelig@db.example", "hemmelig"] {
            assert!(!wrong.parse::<DatabaseAddress>().unwrap_err().to_string().contains("hemmelig"), "{wrong}");
        }
    }

    #[test]
    fn a_database_on_another_computer_is_reached_by_tls_unless_that_is_refused_by_name() {
        assert!(is_encrypted("postgres://feltbog@db.example/feltbog"));
        assert!(is_encrypted("postgres://feltbog@localhost,db.example/feltbog"));
        assert!(!is_encrypted("postgres://feltbog@db.example/feltbog?sslmode=disable"));
        assert!(!is_encrypted("postgres://feltbog@127.0.0.1/feltbog"));
        assert!(!is_encrypted("postgres:///feltbog?host=/var/run/postgresql"));
    }
}
