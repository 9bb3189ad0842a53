//! `cargo xtask soak`.

use anyhow::{Context, Result};

use crate::words::Words;
use crate::{command, needs};

/// Minutes when nobody says how many.
const MINUTES: u64 = 30;

/// Simulated lives until time is up; each failing one becomes a file in `tests/simulation/failures`.
pub(crate) fn run(mut words: Words) -> Result<()> {
    let minutes = words.value("--minutes")?.unwrap_or(MINUTES).to_string();
    let from: Option<u64> = words.value("--from")?;
    words.finish()?;
    needs::sqlcipher()?;
    let mut cargo = command::cargo();
    cargo
        .args(["run", "--package", "feltbog-simulation", "--", "soak", &minutes])
        .args(from.map(|seed| seed.to_string()));
    command::run(&mut cargo)
        .context("lives went wrong; live one again with `cargo run -p feltbog-simulation -- replay`")
}
