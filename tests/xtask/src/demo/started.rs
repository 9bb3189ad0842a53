//! Starting a program of the product that tells on its first line where it is.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use super::workplace::Workplace;
use crate::janitor::Kept;

/// The running program and its first line. What it says on standard error goes to `NAME.log`.
pub(super) fn first_line(command: &mut Command, workplace: &Workplace, name: &str) -> Result<(Kept, String)> {
    let log = workplace.path(&format!("{name}.log"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log)?);
    let mut process = workplace.janitor.start(command).with_context(|| format!("{name} could not be started"))?;
    let Some(stdout) = process.child.stdout.take() else { bail!("{name} has no standard output") };
    let mut lines = BufReader::new(stdout);
    let mut first = String::new();
    if lines.read_line(&mut first)? == 0 {
        bail!("{name} ended at once:\n{}", fs::read_to_string(&log).unwrap_or_default().trim_end());
    }
    // Read on, or a full pipe would stop it one day.
    thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Ok((process, first.trim().to_owned()))
}
