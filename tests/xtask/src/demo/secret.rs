//! Random text nobody guesses.

use std::fs::File;
use std::io::Read;

use anyhow::{Context, Result};

/// 128 bits of the system's random source, as hex.
pub(super) fn random_text() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
