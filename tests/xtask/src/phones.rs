//! `cargo xtask test phones`: the library as phones get it, used from Python, from Kotlin on the JVM, and from Swift on Linux.

pub(crate) mod android;
mod android_host;
mod apple_host;
mod bindings;
pub(crate) mod ios;
mod kotlin;
mod kotlin_compiler;
mod python;
mod stubs;
mod swift;
pub(crate) mod targets;
pub(crate) mod three_devices;

use anyhow::Result;

use self::bindings::Bindings;
use crate::binaries::Binaries;
use crate::needs;

/// Builds the library and the programs it works with, generates the foreign code, runs the test programs, and checks library and hosts for phones.
pub(crate) fn run() -> Result<()> {
    needs::python()?;
    needs::jvm()?;
    let binaries = Binaries::build(false)?;
    let bindings = Bindings::generate()?;
    python::test(&bindings, &binaries)?;
    kotlin::test(&bindings, &binaries)?;
    android_host::test(&bindings)?;
    swift::test(&bindings, &binaries)?;
    apple_host::test(&bindings)?;
    three_devices::test(&bindings, &binaries)?;
    targets::check()
}

/// Only the host for Android: its own tests, and whether it compiles.
pub(crate) fn run_android_host() -> Result<()> {
    needs::sqlcipher()?;
    needs::jvm()?;
    android_host::test(&Bindings::generate()?)
}

/// Only the host for Apple's phones: its own tests, and whether its types fit.
pub(crate) fn run_apple_host() -> Result<()> {
    needs::sqlcipher()?;
    apple_host::test(&Bindings::generate()?)
}
