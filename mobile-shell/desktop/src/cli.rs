//! The command line. Results go to standard output, messages to standard error; 0 done, 1 refused or failed, 2 wrong use.

mod agenda;
mod arguments;
mod ask;
mod case;
mod change;
mod consent;
mod cover;
mod deposits;
mod employer;
mod entry_fields;
mod erase;
mod export;
mod fidelity;
mod hand_in;
mod hand_over;
mod import;
mod invite;
mod join;
mod journal;
mod keep;
mod log;
mod login;
mod municipalities;
mod open;
mod organisation;
mod person;
mod place;
mod profile;
mod programme;
mod read_log;
mod recover;
mod region;
mod remind;
mod report;
mod role;
mod seen;
mod setup;
mod shut_out;
mod survey;
mod team;
mod typed_text;
mod valid_for;

use std::io;
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

use self::arguments::Command;
use self::place::Place;
use crate::failure::Failure;
use crate::output::Output;

/// Reads the arguments of this process and does what they say.
#[must_use]
pub fn run() -> ExitCode {
    let (arguments, place) = match arguments::read(std::env::args_os()) {
        Ok(read) => read,
        Err(wrong) => {
            // Help goes to standard output and is no mistake; where nobody reads either, the code still tells.
            let _ = wrong.print();
            return ExitCode::from(u8::try_from(wrong.exit_code()).unwrap_or(WRONG_USE));
        }
    };
    log_quietly();
    let mut output = Output::standard(arguments.json);
    match carry_out(arguments.command, &place, &mut output) {
        Ok(code) => code,
        Err(failure) => {
            output.refused(&failure.refused());
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Start)?;
    runtime.block_on(async {
        match command {
            Command::Setup(setup) => setup.run(place, output).await,
            Command::Join(join) => join.run(place, output).await,
            Command::Login(login) => login.run(place, output).await,
            Command::Recover(recover) => recover.run(place, output).await,
            Command::HandIn(hand_in) => hand_in.run(place, output).await,
            Command::Open(open) => open.run(place, output).await,
            Command::Municipalities(municipalities) => municipalities.run(place, output).await,
            Command::Region(region) => region.run(output),
            Command::Survey(survey) => survey.run(output),
            Command::Ask(ask) => ask.run(place, output).await,
        }
    })
}

/// Errors only, unless `FELTBOG_LOG` asks for more.
fn log_quietly() {
    let wanted = EnvFilter::try_from_env("FELTBOG_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    // A second subscriber in one process is refused, and the first is as good.
    let _ = tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(wanted).try_init();
}

const WRONG_USE: u8 = 2;
