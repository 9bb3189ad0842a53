//! `feltbog-server restore`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Done;

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Folder of the store; no server may run on it
    #[arg(long, env = "FELTBOG_DATA")]
    data: PathBuf,
    /// Folder that `feltbog-server backup` wrote to, of which the newest is taken, or one copy of the database
    #[arg(long)]
    from: PathBuf,
}

impl Restore {
    pub(super) fn run(&self) -> Done {
        let verified = crate::restore(&self.data, &self.from)?;
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "restored: {} tenants, {} rows; what was erased is erased again",
            verified.tenants, verified.rows
        )?;
        if verified.without_key > 0 {
            writeln!(
                out,
                "The key store is older than the database: the keys of {} folders are missing. Nobody has to do anything: \
                 devices that have them go on working and bring them again.",
                verified.without_key
            )?;
        }
        writeln!(out, "Rows are handed out again once an administrator's, leader's or deputy's device has synced.")?;
        Ok(())
    }
}
