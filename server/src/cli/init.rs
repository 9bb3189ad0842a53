//! `feltbog-server init`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::database::Database;
use super::{Done, settings};

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder of the store; made if it is missing
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// Name of the municipality
    #[arg(long)]
    tenant: String,
    /// One JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// The settings, each with what it means and its default.
const SETTINGS: &str = include_str!("../../packaging/server.toml");

/// Never over settings that somebody made.
fn write_settings(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        file => file?.write_all(SETTINGS.as_bytes()),
    }
}

impl Init {
    pub(super) fn run(&self) -> Done {
        let started = crate::init(self.database.of(&self.data, None)?, &self.tenant)?;
        write_settings(&settings::beside(&self.data))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Limits};

    #[test]
    fn the_settings_that_are_written_set_nothing() {
        assert_eq!(SETTINGS.parse::<Config>().unwrap(), Config::default());
    }

    #[test]
    fn every_setting_that_is_shown_can_be_taken_and_shows_its_default() {
        let is_key = |line: &&str| {
            line.starts_with("#[")
                || line.split_once('=').is_some_and(|(key, _)| key.starts_with('#') && !key.starts_with("# "))
        };
        let shown: Vec<&str> = SETTINGS.lines().filter(|line| line.starts_with('[') || is_key(line)).collect();
        let taken: Config = shown.join("\n").replace('#', "").parse().unwrap();
        assert_eq!(taken.limits, Limits::default());
        assert!(taken.tls.is_some() && taken.metrics.is_some() && taken.login.all().count() == 1);
        let limits = format!("{:?}", Limits::default()).matches(": ").count();
        let shown_limits = shown.iter().skip_while(|line| **line != "[limits]").count() - 1;
        assert_eq!(shown_limits, limits, "all of them");
    }
}
