//! `feltbog-server serve`.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::Done;
use crate::{Config, Server};

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Folder of the store
    #[arg(long)]
    data: PathBuf,
    /// Address and port; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:8484")]
    listen: SocketAddr,
    /// Settings in TOML: tables [limits] and [login]; what it does not name is as by default
    #[arg(long)]
    config: Option<PathBuf>,
    /// What to log to standard error
    #[arg(long, env = "FELTBOG_LOG", default_value = "info")]
    log: String,
    /// How: lines for people, or one JSON document each for programs
    #[arg(long, env = "FELTBOG_LOG_FORMAT", value_enum, default_value_t)]
    log_format: LogFormat,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum LogFormat {
    #[default]
    Text,
    Json,
}

impl Serve {
    pub(super) fn run(&self) -> Done {
        let to_standard_error =
            tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(EnvFilter::try_new(&self.log)?);
        match self.log_format {
            LogFormat::Text => to_standard_error.init(),
            LogFormat::Json => to_standard_error.json().flatten_event(true).with_span_list(false).init(),
        }
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(self.serve())
    }

    async fn serve(&self) -> Done {
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let config = self.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
        let server = Server::bind_with(&self.data, self.listen, config).await?;
        let address = format!("http://{}", server.address());
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
