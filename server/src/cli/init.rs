//! `feltbog-server init`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Done;

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder of the store; made if it is missing
    #[arg(long)]
    data: PathBuf,
    /// Name of the municipality
    #[arg(long)]
    tenant: String,
    /// One JSON document instead of text
    #[arg(long)]
    json: bool,
}

impl Init {
    pub(super) fn run(&self) -> Done {
        let started = crate::init(&self.data, &self.tenant)?;
        let (tenant, code) = (started.tenant.to_string(), started.bootstrap.to_text());
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(out, "{}", json!({ "tenant": tenant, "bootstrap": code }))?;
        } else {
            writeln!(out, "tenant    {tenant}\nbootstrap {code}")?;
            writeln!(out, "Hand the bootstrap code to the first administrator. It works once and is shown only here.")?;
        }
        Ok(())
    }
}
