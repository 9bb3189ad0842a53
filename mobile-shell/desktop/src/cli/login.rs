//! `feltbog login`, and the login that `feltbog join` asks for.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use feltbog_bridge::{AnswerTo, LoginDone, LoginFirst, Reply, Request};

use super::place::Place;
use crate::browser::Browser;
use crate::callback::Callback;
use crate::device::Device;
use crate::failure::Failure;
use crate::output::{Output, answer};

/// Log ind igen, når kommunen vil have det
///
/// English: log in at the municipality's identity provider; prints the address to open in a browser on this computer, and waits.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Login {
    /// Åbn også browseren
    #[arg(long)]
    browser: bool,
}

impl Login {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let home = place.home()?;
        let device = Device::open(&home, &place.known_passphrase()?).await?;
        let mut callback = Callback::bind(0).await?;
        let begun = device.call(Request::BeginLogin { port: callback.port()? }).await?;
        let (url, port) = match begun {
            Reply::LoginBegun { url, port } => (url, port),
            Reply::Refused(refused) => return Err(refused.into()),
            _ => return Err(Failure::OtherVersion),
        };
        if port != callback.port()? {
            callback = Callback::bind(port).await?;
        }
        let request = Request::FinishLogin { answer: ask(callback, &url, &home, self.browser, output).await? };
        let reply = device.call(request.clone()).await?;
        answer(&request, &reply, false, output);
        Ok(if matches!(reply, Reply::Refused(_)) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// The login without which joining does not go on.
pub(super) async fn before_joining(
    mut first: LoginFirst,
    home: &Path,
    browser: bool,
    output: &mut Output,
) -> Result<LoginDone, Failure> {
    let callback = Callback::bind(first.fixed_port().unwrap_or(0)).await?;
    let url = first.url(AnswerTo::Port(callback.port()?));
    let answer = ask(callback, &url, home, browser, output).await?;
    Ok(first.finish(&answer).await?)
}

async fn ask(
    callback: Callback,
    url: &str,
    home: &Path,
    browser: bool,
    output: &mut Output,
) -> Result<String, Failure> {
    output.warn(&format!("Log ind med din arbejdskonto i en browser på denne computer:\n{url}"));
    let _page = browser.then(|| Browser::for_login(home, url, output));
    callback.answer_to(url).await
}
