//! `feltbog municipalities`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use feltbog_bridge::{Municipality, MunicipalityName, MunicipalityRow, Refused, Reply, Request, Shelf};
use serde_json::json;

use super::place::Place;
use crate::device::Device;
use crate::failure::Failure;
use crate::output::{Output, answer};
use crate::passphrase::Passphrase;

/// Hvilke kommuner der er i mappen, og hvor meget hver har usendt
///
/// English: the municipalities in the folder. What each has not sent is told where the passphrase file opens it.
#[derive(Debug, Args)]
pub(super) struct Municipalities {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Giv kommunen et navn på denne enhed
    ///
    /// English: call the municipality something, or with `--municipality` one of several something else. The name lies in clear
    /// beside the locked database.
    Name {
        /// Navnet
        #[arg(help_heading = "Hvad", value_name = "NAVN")]
        name: String,
    },
}

impl Municipalities {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        match self.act {
            None => list(place, output).await,
            Some(Act::Name { name }) => call(&name, place, output),
        }
    }
}

async fn list(place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
    let passphrase = place.passphrase_file.is_some().then(|| place.known_passphrase()).transpose()?;
    let mut rows = Vec::new();
    for one in place.municipalities()? {
        let unsent = match &passphrase {
            Some(passphrase) => unsent(&one, passphrase).await,
            None => None,
        };
        rows.push(MunicipalityRow {
            municipality: one.place.number(),
            name: one.name.map(|name| name.as_str().to_owned()),
            shown: false,
            open: unsent.is_some(),
            unsent,
        });
    }
    answer(&Request::Municipalities, &Reply::Municipalities { municipalities: rows }, false, output);
    Ok(ExitCode::SUCCESS)
}

/// `None` where the passphrase does not open it.
async fn unsent(one: &Municipality, passphrase: &Passphrase) -> Option<u32> {
    let device = Device::open(one.home.folder(), passphrase).await.ok()?;
    match device.call(Request::Status).await.ok()? {
        Reply::Status(status) => Some(status.unsent),
        _ => None,
    }
}

fn call(typed: &str, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
    let name = MunicipalityName::typed(typed).ok_or_else(Refused::no_name)?;
    let one = place.chosen()?.ok_or(Failure::NoMunicipality)?;
    Shelf::at(&place.folder).call(one.place, &name).map_err(Refused::from)?;
    output
        .say(|| json!({ "name": name.as_str() }), || format!("Kommunen hedder nu {} på denne enhed.\n", name.as_str()));
    Ok(ExitCode::SUCCESS)
}
