//! `feltbog open`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use feltbog_bridge::{Doors, Place as OnShelf, Session};
use serde_json::json;

use super::place::Place;
use crate::browser::Browser;
use crate::device::Device;
use crate::failure::Failure;
use crate::host::{Host, HostLink};
use crate::output::Output;
use crate::stop_signal::StopSignal;

/// Åbn brugerfladen på denne computer
///
/// English: serve the user interface to a browser on this computer, and print its address. Where several municipalities are
/// here, it opens each that the passphrase opens.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Open {
    /// Porten; 0 tager en, der er ledig
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Åbn også browseren
    #[arg(long)]
    browser: bool,
}

impl Open {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let homes = place.all_homes()?;
        let open = match opened(&homes, place).await? {
            Opened::Here(open) => open,
            Opened::There(link) => {
                output.warn("Feltbog er allerede åben på denne computer:");
                tell(output, &link.address());
                return Ok(ExitCode::SUCCESS);
            }
        };
        // Before the address is told: whoever reads it may stop us at once.
        let stop = StopSignal::listen().map_err(Failure::Start)?;
        let doors = Doors::open_at(&place.folder, open);
        let host = Host::bind(doors, self.port).await.map_err(|error| Failure::Host(error.to_string()))?;
        tell(output, &host.address());
        let _browser = self.browser.then(|| Browser::open(&place.folder, &host.address(), output));
        host.run(stop.received()).await;
        Ok(ExitCode::SUCCESS)
    }
}

enum Opened {
    /// By this process, the first of them to be shown.
    Here(Vec<(OnShelf, Session)>),
    /// By a host that runs already.
    There(HostLink),
}

/// Opens every home that the passphrase opens. The others stay locked until theirs is typed, but a municipality that was
/// named has to open.
async fn opened(homes: &[(OnShelf, PathBuf)], place: &Place) -> Result<Opened, Failure> {
    let passphrase = place.known_passphrase()?;
    let (mut open, mut failed) = (Vec::new(), None);
    for (on_shelf, home) in homes {
        match Device::open(home, &passphrase).await {
            Ok(Device::Here(session)) => open.push((*on_shelf, session)),
            Ok(Device::There(link)) if open.is_empty() => return Ok(Opened::There(link)),
            Ok(Device::There(_)) => {}
            Err(failure) if open.is_empty() && place.municipality.is_some() => return Err(failure),
            Err(failure) => failed = failed.or(Some(failure)),
        }
    }
    match failed {
        Some(failure) if open.is_empty() => Err(failure),
        _ => Ok(Opened::Here(open)),
    }
}

fn tell(output: &mut Output, address: &str) {
    output.say(|| json!({ "address": address }), || format!("{address}\n"));
}
