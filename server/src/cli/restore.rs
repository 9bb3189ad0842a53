//! `feltbog-server restore`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Done;

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// Folder of the store; no server may run on it
    #[arg(long)]
    data: PathBuf,
    /// The copy of the database to put in place
    #[arg(long)]
    from: PathBuf,
}

impl Restore {
    pub(super) fn run(&self) -> Done {
        crate::restore(&self.data, &self.from)?;
        writeln!(
            io::stdout().lock(),
            "restored. Rows are handed out again once an administrator's, leader's or deputy's device has synced."
        )?;
        Ok(())
    }
}
