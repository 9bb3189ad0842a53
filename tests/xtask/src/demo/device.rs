//! One person's device, through the command line of the product.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::cast::Person;
use super::document::Document;
use super::workplace::Workplace;
use crate::binaries::Binaries;
use crate::command;

/// A home, and how to unlock it.
#[derive(Debug, Clone)]
pub(super) struct Device {
    binary: PathBuf,
    pub(super) home: PathBuf,
    passphrase_file: PathBuf,
}

impl Device {
    pub(super) fn of(person: &Person, binaries: &Binaries, workplace: &Workplace) -> Self {
        Self {
            binary: binaries.device(),
            home: workplace.path(person.key),
            passphrase_file: workplace.passphrase_file(),
        }
    }

    /// The program with the options that come first.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--home").arg(&self.home).arg("--passphrase-file").arg(&self.passphrase_file);
        command
    }

    /// One command, and the document it answers with.
    pub(super) fn tell(&self, words: &[&str]) -> Result<Document> {
        Document::read(&command::text(self.command().arg("--json").args(words))?)
    }

    /// The same, with something on standard input.
    pub(super) fn tell_with(&self, words: &[&str], input: &str) -> Result<Document> {
        Document::read(&command::text_of_input(self.command().arg("--json").args(words), input)?)
    }
}
