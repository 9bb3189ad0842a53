//! The library from Python.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::bindings::Bindings;
use crate::binaries::Binaries;
use crate::{command, repository};

/// Runs the smoke test; Python's own library is enough for it.
pub(super) fn test(bindings: &Bindings, binaries: &Binaries) -> Result<()> {
    let folder = bindings.of("python");
    // The generated module looks for the library beside itself.
    let name = bindings.library().file_name().context("the library has no name")?;
    fs::copy(bindings.library(), folder.join(name))?;
    let mut python = Command::new("python3");
    python
        .args(["-B", "-m", "unittest", "discover", "--verbose", "--pattern", "*_test.py", "--start-directory"])
        .arg(repository::ffi().join("tests/python"))
        .env("PYTHONPATH", folder)
        .env("FELTBOG_BIN_DIR", binaries.folder());
    command::run(&mut python)
}
