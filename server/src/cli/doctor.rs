//! `feltbog-server doctor` and `drill-held`.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::database::Database;
use super::{Done, settings};
use crate::doctor::{Finding, Language, Level, examine};

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The server's settings, for the certificate they name [default: `server.toml` in the folder of the store]
    #[arg(long, env = "FELTBOG_CONFIG")]
    config: Option<PathBuf>,
    /// Look at every row of the log as well
    #[arg(long)]
    thorough: bool,
    /// Danish or English
    #[arg(long, env = "FELTBOG_LANGUAGE", value_enum, default_value_t = Language::Da)]
    language: Language,
    /// One JSON document instead of text
    #[arg(long)]
    json: bool,
}

/// The doctor found something that has to be done now.
#[derive(Debug)]
struct NotWell(usize);

impl fmt::Display for NotWell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to be put right now", self.0)
    }
}

impl Error for NotWell {}

impl Doctor {
    pub(super) fn run(&self) -> Done {
        let config = settings::read(self.config.as_deref(), Some(&self.data))?;
        let store = self.database.of(&self.data, self.config.as_deref())?;
        let found = examine(&store, &config, self.thorough);
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(out, "{}", found.iter().map(|finding| self.as_json(finding)).collect::<Value>())?;
        } else {
            found.iter().try_for_each(|finding| self.as_text(finding, &mut out))?;
            if found.is_empty() {
                writeln!(out, "{}", self.language.all_well())?;
            }
        }
        match found.iter().filter(|finding| finding.level() == Level::Wrong).count() {
            0 => Ok(()),
            wrong => Err(NotWell(wrong).into()),
        }
    }

    fn as_text(&self, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
        let (what, cure) = self.language.says(finding);
        let level = self.language.level(finding.level());
        writeln!(out, "{level:<5}  {what}\n       {cure}")
    }

    fn as_json(&self, finding: &Finding) -> Value {
        let (what, cure) = self.language.says(finding);
        json!({ "finding": finding.word(), "is_urgent": finding.level() == Level::Wrong, "what": what, "do": cure })
    }
}

#[derive(Debug, Args)]
pub(super) struct DrillHeld {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
}

impl DrillHeld {
    pub(super) fn run(&self) -> Done {
        crate::drill_held(&self.data)?;
        writeln!(io::stdout().lock(), "noted: the recovery was rehearsed today.")?;
        Ok(())
    }
}
