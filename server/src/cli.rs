//! The command line. Results go to standard output, messages to standard error; 0 done, 1 failed, 2 wrong use.

mod admin;
mod backup;
mod database;
mod doctor;
mod emergency;
mod forget_login;
mod init;
mod log;
mod restore;
mod serve;
mod settings;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::stops::Act;

/// Keeps sealed envelopes for field books, and can read none of them.
#[derive(Debug, Parser)]
#[command(name = "feltbog-server", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the store, or add a tenant to it, and print the code its first administrator needs
    Init(init::Init),
    /// Serve devices until told to stop
    Serve(serve::Serve),
    /// Copy the store while it serves, look the copy through, and remove copies that were kept long enough
    Backup(backup::Backup),
    /// Look a backup or a store through: every row, the receipt key, the list of erasures
    Verify(backup::Verify),
    /// Put a copy of the database in place and begin a new epoch, in which devices bring back what the copy lacks
    Restore(restore::Restore),
    /// Say what is wrong with this server, and what to do; ends with 1 where something has to be done now
    Doctor(doctor::Doctor),
    /// Note that opening with the recovery shares was rehearsed today
    DrillHeld(doctor::DrillHeld),
    /// Let a member come with another account at the identity provider
    ForgetLogin(forget_login::ForgetLogin),
    /// List devices: id, member, when it was here last, state; no name and no content
    Devices(emergency::Devices),
    /// Stop serving a device or a member's devices at once, without a key of the municipality
    Block(emergency::Stop),
    /// Serve what was stopped by `block` again
    Unblock(emergency::Stop),
    /// Switch the administration page on, at /admin: make a password for it, in place of the one before, and print it
    AdminPassword(admin::AdminPassword),
    /// Take the administration page away
    AdminOff(admin::AdminOff),
    /// Show what the people who run this server can see of the log
    Log(log::ShowLog),
}

/// Reads the arguments of this process and does what they say.
#[must_use]
pub fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Init(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::DrillHeld(command) => command.run(),
        Command::ForgetLogin(command) => command.run(),
        Command::Devices(command) => command.run(),
        Command::Block(command) => command.run(Act::Block),
        Command::Unblock(command) => command.run(Act::Unblock),
        Command::AdminPassword(command) => command.run(),
        Command::AdminOff(command) => command.run(),
        Command::Log(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody reads the message the code still tells.
            let _ = writeln!(io::stderr().lock(), "feltbog-server: {error}");
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn Error>>;
