//! `feltbog-server serve`.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::database::Database;
use super::{Done, settings};
use crate::Server;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Folder of the store; without it, what the settings say
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA", required_unless_present = "config")]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
    /// Address and port; port 0 takes any that is free [default: what the settings say, or 127.0.0.1:8484]
    #[arg(long, env = "FELTBOG_LISTEN")]
    listen: Option<SocketAddr>,
    /// Settings in TOML [default: `server.toml` in the folder of the store, where there is one]
    #[arg(long, env = "FELTBOG_CONFIG")]
    config: Option<PathBuf>,
    /// What to log to standard error
    #[arg(long, env = "FELTBOG_LOG", default_value = "info")]
    log: String,
    /// How: lines for people, or one JSON document each for programs
    #[arg(long, env = "FELTBOG_LOG_FORMAT", value_enum, default_value_t)]
    log_format: LogFormat,
}

/// Where a proxy on this computer finds the server.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8484);

/// Neither the command line nor the settings name the store.
#[derive(Debug, thiserror::Error)]
#[error("name the folder of the store: --data, or `data` under [server]")]
struct NoFolder;

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum LogFormat {
    #[default]
    Text,
    Json,
}

impl Serve {
    pub(super) fn run(&self) -> Done {
        // The database's client would log the values of rows.
        let filter = EnvFilter::try_new(&self.log)?.add_directive("tokio_postgres=warn".parse()?);
        let to_standard_error = tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(filter);
        match self.log_format {
            LogFormat::Text => to_standard_error.init(),
            LogFormat::Json => to_standard_error.json().flatten_event(true).with_span_list(false).init(),
        }
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(self.serve())
    }

    async fn serve(&self) -> Done {
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let config = settings::read(self.config.as_deref(), self.data.as_deref())?;
        let data = self.data.clone().or_else(|| config.server.data.clone()).ok_or(NoFolder)?;
        let listen = self.listen.or(config.server.listen).unwrap_or(LISTEN);
        let store = self.database.or(&data, || Ok(config.server.database.clone()))?;
        let server = Server::bind_with(store, listen, config).await?;
        if !server.is_encrypted() && !server.address().ip().is_loopback() {
            tracing::warn!(
                "other computers reach this address without TLS: only a proxy that encrypts may stand before it"
            );
        }
        let scheme = if server.is_encrypted() { "https" } else { "http" };
        let address = format!("{scheme}://{}", server.address());
        tracing::info!("listening on {address}");
        // The first line of standard output tells scripts where to go.
        writeln!(io::stdout().lock(), "{address}")?;
        if let Some(metrics) = server.metrics_address() {
            writeln!(io::stdout().lock(), "http://{metrics}/metrics")?;
        }
        server
            .run(async move {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                tracing::info!("stopping");
            })
            .await?;
        Ok(())
    }
}
