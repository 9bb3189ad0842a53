//! The device behind a home: opened here, or reached through the host that has it open.

use std::path::Path;
use std::time::Duration;

use feltbog_bridge::{Reply, Request, Session, host_file};
use tokio::time::Instant;

use crate::failure::Failure;
use crate::host::HostLink;
use crate::passphrase::Passphrase;
use crate::private_file;

/// How long a command stands in line for a home.
const PATIENCE: Duration = Duration::from_secs(20);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Something that answers requests for one home.
pub(crate) enum Device {
    /// Opened by this process, which holds the home's lock.
    Here(Session),
    /// Open in a running host.
    There(HostLink),
}

impl Device {
    /// Opens the home, or finds the host that has it open. Waits while another short command has it.
    pub(crate) async fn open(home: &Path, passphrase: &Passphrase) -> Result<Self, Failure> {
        let patience = Instant::now() + PATIENCE;
        let mut pause = FIRST_PAUSE;
        // The one place where waiting is right: two commands of one script, or of two people at one computer,
        // are in line for the same lock, which tells nobody when it is free, and each is done in a moment.
        loop {
            match Session::open(home, passphrase.bytes()) {
                Ok(session) => return Ok(Self::here(session, home)),
                Err(refused) if refused.code == IN_USE => {}
                Err(refused) => return Err(refused.into()),
            }
            if let Some(link) = HostLink::find(home, passphrase).await? {
                return Ok(Self::There(link));
            }
            if Instant::now() + pause > patience {
                return Err(Failure::HomeBusy);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// One question or act.
    pub(crate) async fn call(&self, request: Request) -> Result<Reply, Failure> {
        match self {
            Self::Here(session) => Ok(session.call(request).await),
            Self::There(link) => link.call(request).await,
        }
    }

    /// Whoever holds the lock knows that no host runs, so an address left behind by a host that was killed goes:
    /// another program may have its port by now, and must not be sent what belongs to the host.
    fn here(session: Session, home: &Path) -> Self {
        if private_file::remove(&host_file(home)).is_err() {
            tracing::warn!("an old address of the host could not be removed");
        }
        Self::Here(session)
    }
}

const IN_USE: &str = "in_use";
