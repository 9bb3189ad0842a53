//! `feltbog setup`.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use feltbog_bridge::{Session, SetupDone, SetupWish};
use serde_json::{Value, json};

use super::place::Place;
use crate::failure::{Failure, why};
use crate::output::Output;
use crate::share_files::{BelongsTo, ShareFiles, explained};

/// Sæt kommunens første enhed op
///
/// English: set up the first device of a municipality; makes the root key and three recovery shares.
/// You become administrator, and leader of the first programme.
#[derive(Debug, Args)]
#[command(next_help_heading = "Valg")]
pub(super) struct Setup {
    /// Serverens adresse
    #[arg(long, value_name = "URL")]
    server: String,
    /// Koden, som `feltbog-server init` skrev
    #[arg(long, value_name = "KODE")]
    code: String,
    /// Dit navn
    #[arg(long, value_name = "NAVN")]
    name: String,
    /// Navnet på det første program
    #[arg(long, value_name = "PROGRAM")]
    programme: Option<String>,
    /// Mappe til de tre gendannelsesandele; uden den vises de her, denne ene gang
    #[arg(long, value_name = "MAPPE")]
    shares_to: Option<PathBuf>,
}

/// What became of the shares.
enum Shares {
    Written(Vec<PathBuf>),
    Shown(Vec<String>),
    /// They were to be written and could not be: shown, or they would be lost.
    Saved(Vec<String>, io::Error),
}

impl Setup {
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let passphrase = place.chosen_passphrase()?;
        let files = self.shares_to.as_deref().map(|folder| ShareFiles::reserve(folder, &place.folder)).transpose()?;
        let wish = SetupWish { server: self.server, code: self.code, name: self.name, programme: self.programme };
        let server = wish.server.clone();
        let home = place.room()?;
        let (_session, done) = Session::setup(&home, passphrase.bytes(), wish).await?;
        let belongs_to = BelongsTo { server, tenant: done.tenant.clone() };
        let shares = put_away(files, &done, &belongs_to);
        output.say(|| document(&done, &shares), || sentences(&shares, &belongs_to));
        if let Shares::Saved(_, error) = &shares {
            output
                .warn(&format!("Andelene kunne ikke skrives i mappen ({}). De står i svaret; gem dem nu.", why(error)));
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn put_away(files: Option<ShareFiles>, done: &SetupDone, belongs_to: &BelongsTo) -> Shares {
    match files.map(|files| files.write(&done.shares, belongs_to)) {
        None => Shares::Shown(done.shares.clone()),
        Some(Ok(paths)) => Shares::Written(paths),
        Some(Err(error)) => Shares::Saved(done.shares.clone(), error),
    }
}

fn document(done: &SetupDone, shares: &Shares) -> Value {
    match shares {
        Shares::Written(paths) => {
            json!({ "member": done.member, "device": done.device, "tenant": done.tenant, "shares_to": paths })
        }
        Shares::Shown(shares) | Shares::Saved(shares, _) => {
            json!({ "member": done.member, "device": done.device, "tenant": done.tenant, "shares": shares, "shares_to": null })
        }
    }
}

fn sentences(shares: &Shares, belongs_to: &BelongsTo) -> String {
    let mut text = "Kommunens Feltbog er sat op, og computeren er dens første enhed.\n".to_owned();
    match shares {
        Shares::Written(paths) => {
            text.push_str("De tre gendannelsesandele ligger i\n");
            for path in paths {
                text.push_str(&format!("  {}\n", path.display()));
            }
            text.push_str("Giv dem til tre forskellige personer, og slet dem så her.\n");
        }
        Shares::Shown(shares) | Shares::Saved(shares, _) => {
            text.push_str("De tre gendannelsesandele vises kun denne ene gang. Skriv dem ned.\n");
            for (number, share) in (1..).zip(shares) {
                text.push_str(&format!("\n----------\n{}", explained(number, share, belongs_to)));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn belongs_to() -> BelongsTo {
        BelongsTo { server: "https://feltbog.example".to_owned(), tenant: "t1".to_owned() }
    }

    fn done() -> SetupDone {
        SetupDone {
            shares: ["first", "second", "third"].map(str::to_owned).to_vec(),
            member: "m1".to_owned(),
            device: "d1".to_owned(),
            tenant: "t1".to_owned(),
        }
    }

    #[test]
    fn shares_that_were_written_are_not_shown_as_well() {
        let shares = Shares::Written(vec![PathBuf::from("/elsewhere/andel-1.txt")]);
        let document = document(&done(), &shares);
        assert_eq!(document["shares_to"], json!(["/elsewhere/andel-1.txt"]));
        assert!(document.get("shares").is_none());
        assert!(!sentences(&shares, &belongs_to()).contains("first"));
    }

    #[test]
    fn shares_that_were_not_written_are_shown() {
        for shares in [Shares::Shown(done().shares), Shares::Saved(done().shares, io::Error::other("full"))] {
            assert_eq!(document(&done(), &shares)["shares"], json!(["first", "second", "third"]));
            let text = sentences(&shares, &belongs_to());
            assert!(text.contains("second") && text.contains("recovery share 3 of 3"), "{text}");
        }
    }
}
