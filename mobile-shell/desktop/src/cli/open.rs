//! `feltbog open`.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::place::Place;
use crate::browser::Browser;
use crate::device::Device;
use crate::failure::Failure;
use crate::host::Host;
use crate::output::Output;
use crate::stop_signal::StopSignal;

/// Åbn brugerfladen på denne computer
///
/// English: serve the user interface to a browser on this computer, and print its address.
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
        let passphrase = place.known_passphrase()?;
        let session = match Device::open(&place.home, &passphrase).await? {
            Device::Here(session) => session,
            Device::There(link) => {
                output.warn("Feltbog er allerede åben på denne computer:");
                tell(output, &link.address());
                return Ok(ExitCode::SUCCESS);
            }
        };
        drop(passphrase);
        // Before the address is told: whoever reads it may stop us at once.
        let stop = StopSignal::listen().map_err(Failure::Start)?;
        let host =
            Host::bind(session, &place.home, self.port).await.map_err(|error| Failure::Host(error.to_string()))?;
        tell(output, &host.address());
        let _browser = self.browser.then(|| Browser::open(&place.home, &host.address(), output));
        host.run(stop.received()).await;
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(output: &mut Output, address: &str) {
    output.say(|| json!({ "address": address }), || format!("{address}\n"));
}
