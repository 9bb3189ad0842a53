//! `feltbog block`, `feltbog unblock` and `feltbog revoke`.

use clap::Args;
use feltbog_bridge::Request;

/// Whose device it is about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
#[group(required = true, multiple = false)]
pub(super) struct Whose {
    /// Navnet på en kollega: alle hendes eller hans enheder
    #[arg(long, value_name = "NAVN")]
    member: Option<String>,
    /// Enhedens id, eller begyndelsen af det
    #[arg(long, value_name = "ENHED")]
    device: Option<String>,
}

/// Spær en enhed, der er blevet væk: det kan enhver kollega
///
/// English: block a lost device until somebody entitled frees it; any colleague may, and nothing is read or lost.
#[derive(Debug, Args)]
pub(super) struct Block {
    #[command(flatten)]
    whose: Whose,
}

/// Åbn en spærret enhed igen
///
/// English: let a blocked device in again.
#[derive(Debug, Args)]
pub(super) struct Unblock {
    #[command(flatten)]
    whose: Whose,
}

/// Luk en enhed eller en kollega ude for altid
///
/// English: shut a device, or with --member a person and all their devices, out for ever; what was not sent is handed in to the leaders.
#[derive(Debug, Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    whose: Whose,
}

impl Whose {
    fn into_request(self, state: &str) -> Request {
        Request::SetDeviceState { member: self.member, device: self.device, state: state.to_owned() }
    }
}

impl Block {
    pub(super) fn into_request(self) -> Request {
        self.whose.into_request("blocked")
    }
}

impl Unblock {
    pub(super) fn into_request(self) -> Request {
        self.whose.into_request("active")
    }
}

impl Revoke {
    pub(super) fn into_request(self) -> Request {
        match self.whose.member {
            Some(name) => Request::RemoveMember { name },
            None => self.whose.into_request("revoked"),
        }
    }
}
