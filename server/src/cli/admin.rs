//! `feltbog-server admin-password` and `admin-off`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::Done;
use super::database::Database;

#[derive(Debug, Args)]
pub(super) struct AdminPassword {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl AdminPassword {
    pub(super) fn run(&self) -> Done {
        let password = crate::admin_password(self.database.of(&self.data, None)?)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{}", *password)?;
        writeln!(out, "The password of /admin on this server, from the next request on. It is shown only here.")?;
        Ok(())
    }
}

#[derive(Debug, Args)]
pub(super) struct AdminOff {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
}

impl AdminOff {
    pub(super) fn run(&self) -> Done {
        crate::admin_off(&self.data)?;
        writeln!(io::stdout().lock(), "/admin is gone, and whoever was logged in is logged out.")?;
        Ok(())
    }
}
