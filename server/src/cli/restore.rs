//! `feltbog-server restore`.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Done;
use super::database::Database;
use crate::{DamagedCopies, Restored};

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Folder of the store; no server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// Folder that `feltbog-server backup` wrote to, of which the newest is taken, or one copy of the database; may be left out where
    /// the log is in PostgreSQL: its own people put that back first, and only missing keys are taken from here
    #[arg(long)]
    from: Option<PathBuf>,
    /// Of a backup whose newest copy of the database is damaged, take the newest that is whole
    #[arg(long)]
    pass_over_damaged: bool,
}

/// A copy of a file does not come by itself.
#[derive(Debug, thiserror::Error)]
#[error("name what to restore from: --from")]
struct FromNothing;

impl Restore {
    fn restored(&self) -> Result<Restored, Box<dyn Error>> {
        let store = self.database.of(&self.data, None)?;
        if store.is_shared() {
            return Ok(crate::take_up(store, self.from.as_deref())?);
        }
        let damaged = if self.pass_over_damaged { DamagedCopies::PassOver } else { DamagedCopies::Refuse };
        Ok(crate::restore(&self.data, self.from.as_deref().ok_or(FromNothing)?, damaged)?)
    }

    pub(super) fn run(&self) -> Done {
        let Restored { verified, passed_over, damaged } = self.restored()?;
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "restored: {} tenants, {} rows; what was erased is erased again",
            verified.tenants, verified.rows
        )?;
        if damaged > 0 {
            writeln!(
                out,
                "Damaged copies of the database were passed over: {damaged}. What came after the copy that was taken is missing \
                 until the devices have synced that hold it; keep the damaged ones until then."
            )?;
        }
        if passed_over > 0 {
            writeln!(
                out,
                "Newer copies of the database were passed over: {passed_over}. The key store is older than they are, and \
                 lacks the keys of cases in them. Nobody has to do anything: devices bring again what came since."
            )?;
        }
        if verified.without_key > 0 {
            writeln!(
                out,
                "The key store is older than every copy of the database; folders without their keys: {}. Devices that have \
                 them go on working, others do not get them. Where a newer copy of the key store is found, restore once \
                 more with it.",
                verified.without_key
            )?;
        }
        writeln!(out, "Rows are handed out again once an administrator's, leader's or deputy's device has synced.")?;
        Ok(())
    }
}
