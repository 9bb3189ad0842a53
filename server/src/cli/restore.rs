//! `feltbog-server restore`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Done;
use crate::Restored;

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Folder of the store; no server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    /// Folder that `feltbog-server backup` wrote to, of which the newest is taken, or one copy of the database
    #[arg(long)]
    from: PathBuf,
}

impl Restore {
    pub(super) fn run(&self) -> Done {
        let Restored { verified, passed_over } = crate::restore(&self.data, &self.from)?;
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "restored: {} tenants, {} rows; what was erased is erased again",
            verified.tenants, verified.rows
        )?;
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
