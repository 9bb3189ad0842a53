//! `cargo xtask bench`.

use anyhow::Result;

use crate::words::Words;
use crate::{command, needs};

/// Runs the benchmarks; what is left on the line goes to them.
pub(crate) fn run(words: Words) -> Result<()> {
    needs::sqlcipher()?;
    let mut cargo = command::cargo();
    cargo.args(["run", "--release", "--package", "feltbog-benchmarks", "--"]).args(words.rest());
    command::run(&mut cargo)
}
