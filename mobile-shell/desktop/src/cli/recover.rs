//! `feltbog recover`.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use feltbog_bridge::{RecoverDone, RecoverWish, Session};
use serde_json::json;
use zeroize::Zeroizing;

use super::place::Place;
use crate::failure::Failure;
use crate::output::Output;
use crate::share_files::{self, BelongsTo};

/// Åbn kommunens Feltbog igen med to af de tre gendannelsesandele
///
/// English: make this home a recovery station for a day: it reads everything, wraps keys for new devices and invites them (feltbog
/// invite --device --name ..), and writes nothing. Every device sees that it was used. Shares are asked for or read from
/// files, never given as arguments.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Recover {
    /// Hvorfor andelene lægges sammen; det står for altid
    #[arg(long, value_name = "GRUND", value_parser = ["lost_devices", "access_request", "complaint", "drill", "other"])]
    reason: String,
    /// Mappe med mindst to af filerne andel-1.txt til andel-3.txt; uden den bliver der spurgt
    #[arg(long, value_name = "MAPPE")]
    shares_from: Option<PathBuf>,
    /// Serverens adresse, hvis den ikke står ved andelene
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Kommunens id, hvis det ikke står ved andelene
    #[arg(long, value_name = "ID")]
    tenant: Option<String>,
}

impl Recover {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let (belongs_to, shares) = match &self.shares_from {
            Some(folder) => share_files::read(folder)?,
            None => (None, asked()?),
        };
        let known = |given: Option<String>, written: fn(&BelongsTo) -> &String| {
            given.or_else(|| belongs_to.as_ref().map(|known| written(known).clone())).ok_or(Failure::SharesOfNobody)
        };
        let server = known(self.server, |known| &known.server)?;
        let tenant = known(self.tenant, |known| &known.tenant)?;
        let shares = two_of(shares)?;
        let passphrase = place.chosen_passphrase()?;
        let home = place.room()?;
        let is_drill = self.reason == "drill";
        let wish = RecoverWish { server, tenant, shares, reason: self.reason };
        let (session, done) = Session::recover(&home, passphrase.bytes(), wish).await?;
        drop(session);
        if is_drill {
            forget(&home)?;
        }
        output.say(|| json!(done), || sentences(&done, is_drill));
        Ok(if done.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn two_of(shares: Vec<Zeroizing<String>>) -> Result<[Zeroizing<String>; 2], Failure> {
    let mut shares = shares.into_iter();
    match (shares.next(), shares.next()) {
        (Some(one), Some(other)) => Ok([one, other]),
        _ => Err(Failure::TooFewShares),
    }
}

/// Without echo where somebody types, line by line where a program does.
fn asked() -> Result<Vec<Zeroizing<String>>, Failure> {
    if io::stdin().is_terminal() {
        return ["Den ene andel: ", "Den anden andel: "]
            .iter()
            .map(|question| rpassword::prompt_password(question).map(Zeroizing::new).map_err(Failure::Prompt))
            .collect();
    }
    let lines = io::stdin().lock().lines().take(2).map(|line| line.map(Zeroizing::new));
    lines.collect::<io::Result<_>>().map_err(Failure::Shares)
}

/// A drill leaves nothing that was opened behind.
fn forget(home: &Path) -> Result<(), Failure> {
    feltbog_bridge::forget_home(home).map_err(Failure::from)
}

fn sentences(done: &RecoverDone, is_drill: bool) -> String {
    let mut text = format!("{} nøgler blev åbnet, og de passer.\n", done.opened);
    for failed in &done.failed {
        text.push_str(&format!(
            "Nøgle {} til mappen {} kunne ikke åbnes. Den er skrevet af enheden {}.\n",
            failed.epoch, failed.folder, failed.author
        ));
    }
    text.push_str(if is_drill {
        "Øvelsen er slut, og intet ligger tilbage her. Alle enheder kan se, at andelene blev lagt sammen.\n"
    } else {
        "Denne computer er nu gendannelsesstation i et døgn. Giv kollegerne nye enheder med\n  \
         feltbog invite --device --name NAVN\nog send nøglerne, når de er med: feltbog sync. Alle enheder kan se det.\n"
    });
    text
}
