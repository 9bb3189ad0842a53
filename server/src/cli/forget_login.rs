//! `feltbog-server forget-login`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use feltbog_domain::MemberId;

use super::Done;
use super::database::Database;

#[derive(Debug, Args)]
pub(super) struct ForgetLogin {
    /// Folder of the store; no server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The member's id, as `feltbog members --json` shows it
    #[arg(long)]
    member: MemberId,
}

impl ForgetLogin {
    pub(super) fn run(&self) -> Done {
        crate::forget_login(self.database.of(&self.data, None)?, self.member)?;
        writeln!(io::stdout().lock(), "forgotten. The member's next login binds the account it is done with.")?;
        Ok(())
    }
}
