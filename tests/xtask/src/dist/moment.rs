//! The moment a package says it was made at: the same sources give the same bytes on any day.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{command, repository};

/// Seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment(pub(super) u64);

impl Moment {
    /// What SOURCE_DATE_EPOCH says, or when the newest change was made.
    pub(super) fn of_this_state() -> Result<Self> {
        let told = match std::env::var(VARIABLE) {
            Ok(told) => told,
            Err(_) => {
                let mut git = Command::new("git");
                git.args(["log", "-1", "--format=%ct"]).current_dir(repository::root());
                command::text(&mut git).with_context(|| format!("set {VARIABLE}: seconds since 1970"))?
            }
        };
        told.trim().parse().map(Self).with_context(|| format!("{VARIABLE} has to be seconds since 1970"))
    }

    /// In the words of RFC 5322, as Debian's changelogs want it.
    pub(super) fn in_a_changelog(self) -> Result<String> {
        let mut date = Command::new("date");
        date.args(["--utc", "--rfc-email", &format!("--date=@{}", self.0)]).env("LC_ALL", "C");
        Ok(command::text(&mut date)?.trim().to_owned())
    }
}

/// What every tool for reproducible builds goes by.
pub(super) const VARIABLE: &str = "SOURCE_DATE_EPOCH";
