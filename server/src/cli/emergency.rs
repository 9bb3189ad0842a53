//! `feltbog-server devices`, `block` and `unblock`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use feltbog_domain::{DeviceId, MemberId, Moment};
use feltbog_protocol::DeviceState;

use super::Done;
use super::database::Database;
use crate::emergency::{ListedDevice, stop};
use crate::stops::{Act, Stopped};

#[derive(Debug, Args)]
pub(super) struct Devices {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Devices {
    pub(super) fn run(&self) -> Done {
        let mut out = io::stdout().lock();
        for listed in crate::emergency::devices(self.database.of(&self.data, None)?)? {
            writeln!(out, "{}", line(&listed))?;
        }
        Ok(())
    }
}

fn line(listed: &ListedDevice) -> String {
    let seen = listed.last_seen_ms.map_or_else(|| "never".to_owned(), |ms| Moment::from_unix_ms(ms).to_string());
    let state = match listed.state {
        DeviceState::Free => "free",
        DeviceState::Blocked => "blocked",
        DeviceState::Revoked => "revoked",
    };
    let stopped = if listed.stopped { ",stopped-here" } else { "" };
    format!(
        "tenant {}  device {}  member {}  seen {seen}  {state}{stopped}",
        listed.tenant, listed.device, listed.member
    )
}

#[derive(Debug, Args)]
pub(super) struct Stop {
    /// Folder of the store; a server may run on it
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// One device, as `feltbog-server devices` lists it
    #[arg(long, required_unless_present = "member", conflicts_with = "member")]
    device: Option<DeviceId>,
    /// Every device of a member, and every new one
    #[arg(long)]
    member: Option<MemberId>,
}

impl Stop {
    pub(super) fn run(&self, act: Act) -> Done {
        let what = self.device.map(Stopped::Device).or(self.member.map(Stopped::Member));
        let Some(what) = what else { return Ok(()) };
        stop(self.database.of(&self.data, None)?, act, what)?;
        let mut out = io::stdout().lock();
        match act {
            Act::Block => writeln!(
                out,
                "{what} is stopped from the next request on. It keeps what it holds and may hand in its unsent work; to shut it out \
                 for good is up to the municipality's own people."
            )?,
            Act::Unblock => writeln!(out, "{what} is served again.")?,
        }
        Ok(())
    }
}
