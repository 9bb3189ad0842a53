//! `cargo xtask ios`: the library for Apple's phones as an xcframework, in the Swift package.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::bindings::Bindings;
use super::swift;
use crate::binaries;
use crate::command::{self, says_yes};

/// A phone, and the simulator of a Mac.
const TARGETS: [&str; 2] = ["aarch64-apple-ios", "aarch64-apple-ios-sim"];

/// Builds it with Xcode, on a Mac.
pub(crate) fn build() -> Result<()> {
    if cfg!(not(target_os = "macos")) || !says_yes("xcodebuild", &["-version"]) {
        bail!("Apple's SDK is missing: this needs a Mac with Xcode");
    }
    let package = swift::package(&Bindings::generate()?)?;
    let mut xcode = Command::new("xcodebuild");
    xcode.arg("-create-xcframework");
    for target in TARGETS {
        xcode.arg("-library").arg(library(target)?).arg("-headers").arg(package.join("Sources/FeltbogFFI"));
    }
    let framework = package.join("FeltbogFFI.xcframework");
    if framework.exists() {
        fs::remove_dir_all(&framework)?;
    }
    command::run(xcode.arg("-output").arg(framework))
}

/// The static library for one of them. SQLCipher takes its cipher from the system there.
fn library(target: &str) -> Result<PathBuf> {
    let mut cargo = command::cargo();
    cargo.args(["rustc", "--release", "--locked", "--package", "feltbog-ffi", "--lib", "--crate-type", "staticlib"]);
    command::run(cargo.args(["--target", target]))?;
    Ok(binaries::target()?.join(target).join("release/libfeltbog_ffi.a"))
}
