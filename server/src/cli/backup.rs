//! `feltbog-server backup` and `verify`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Done;
use super::database::Database;
use crate::backups::{self, Retention, Verified};

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// Folder in which `database` and `keys` are made; take both to another machine, each with its own retention
    #[arg(long)]
    to: PathBuf,
    /// Days for which copies of the database are kept there
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=90))]
    database_days: u16,
    /// Days for which copies of the key store are kept there; after as many days nothing brings back what was erased
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=30))]
    keys_days: u16,
    /// One JSON document instead of text
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(super) fn run(&self) -> Done {
        let keep = Retention { database_days: self.database_days, keys_days: self.keys_days };
        let store = self.database.of(&self.data, None)?;
        tell(&backups::backup(&store, &self.to, keep)?, self.json)?;
        if store.is_shared() {
            writeln!(io::stderr().lock(), "{ONLY_KEYS}")?;
        }
        Ok(())
    }
}

const ONLY_KEYS: &str = "only the keys were copied: PostgreSQL is copied by its own means (pg_dump, a base backup), and before the \
    keys are, so that no row lacks its key";

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Folder that `feltbog-server backup` wrote to
    #[arg(long, required_unless_present = "data", conflicts_with = "data")]
    from: Option<PathBuf>,
    /// Folder of a store instead of a backup's; a server may run on it
    #[arg(long, visible_alias = "keys")]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
    /// One JSON document instead of text
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) fn run(&self) -> Done {
        match (&self.from, &self.data) {
            (Some(from), _) => tell(&backups::verify(from)?, self.json),
            (None, Some(data)) => tell(&backups::verify_store(self.database.of(data, None)?)?, self.json),
            (None, None) => Ok(()),
        }
    }
}

fn tell(verified: &Verified, as_json: bool) -> Done {
    let Verified { tenants, rows, to_erase, without_key } = verified;
    let mut out = io::stdout().lock();
    if as_json {
        let told = json!({ "tenants": tenants, "rows": rows, "to_erase": to_erase, "without_key": without_key });
        writeln!(out, "{told}")?;
        return Ok(());
    }
    writeln!(out, "whole: {tenants} tenants, {rows} rows, each held against its hash")?;
    if *to_erase > 0 {
        writeln!(out, "{to_erase} folders were erased since: a restore erases them again before it serves")?;
    }
    if *without_key > 0 {
        writeln!(out, "{without_key} folders have keys that are not in the key store: a restore takes an older copy")?;
    }
    Ok(())
}
