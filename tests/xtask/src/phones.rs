//! `cargo xtask test phones`: the library as phones get it, used from Python, from Kotlin on the JVM, and from Swift on Linux.

mod bindings;
mod kotlin;
mod python;
mod swift;

use anyhow::Result;

use self::bindings::Bindings;
use crate::binaries::Binaries;
use crate::needs;

/// Builds the library and the programs it works with, generates the foreign code, and runs the test programs.
pub(crate) fn run() -> Result<()> {
    needs::python()?;
    needs::jvm()?;
    let binaries = Binaries::build(false)?;
    let bindings = Bindings::generate()?;
    python::test(&bindings, &binaries)?;
    kotlin::test(&bindings, &binaries)?;
    swift::test(&bindings, &binaries)
}
