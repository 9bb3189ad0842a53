//! The library from Swift, on Linux.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::bindings::Bindings;
use crate::binaries::Binaries;
use crate::debian::{Room, Wanted};
use crate::{binaries, command, repository};

/// The compiler of the stable release, which does not move, without what only other uses need.
pub(super) const SWIFT: Wanted = Wanted {
    name: "swift",
    suite: "trixie",
    packages: &["swiftlang", "libc6-dev", "libstdc++-14-dev", "libssl3t64"],
    without: &[
        "*/swift/embedded*",
        "*/swift_static*",
        "*lldb*",
        "*sourcekit*",
        "*/clangd",
        "*/docc",
        "*lib_InternalSwiftScan*",
        "*libLTO*",
        "*swift-format",
        "*/share/doc/*",
        "*/share/man/*",
        "*/lto1",
        "*lto-dump*",
        "*/cc1",
    ],
};

/// Puts the package together with what was generated, and runs its tests.
pub(super) fn test(bindings: &Bindings, binaries: &Binaries) -> Result<()> {
    let package = package(bindings)?;
    let library = bindings.library().parent().context("the library has no folder")?;
    let mut swift = tests_of(&package, &room()?, &built()?);
    swift.args(["-Xlinker", "-L", "-Xlinker"]).arg(library);
    swift.args(["-Xlinker", "-rpath", "-Xlinker"]).arg(library);
    command::run(swift.env("FELTBOG_BIN_DIR", binaries.folder()))
}

/// A phone that is asked line by line. It was compiled with the tests.
pub(super) fn piped() -> Result<Command> {
    let program = built()?.join("debug/Piped");
    Ok(room()?.command(program.to_str().context("the name of cargo's folder is no text")?))
}

/// The core's client reads the machine's certificates before it asks anybody, also where it needs none.
fn room() -> Result<Room> {
    let room = SWIFT.room()?.sharing(&binaries::target()?).sharing(Path::new("/etc/ssl"));
    Ok(room.finding_in(Path::new(BIN)))
}

fn built() -> Result<PathBuf> {
    Ok(binaries::target()?.join("phones/swift-build"))
}

/// Runs a package's tests; a warning is an error.
pub(super) fn tests_of(package: &Path, room: &Room, built: &Path) -> Command {
    let mut swift = room.command(&format!("{BIN}/swift-test"));
    // Without it the last line tells of no tests: there are none of that other kind.
    swift.args(["--disable-swift-testing", "--package-path"]).arg(package).arg("--scratch-path").arg(built);
    swift.args(["-Xswiftc", "-warnings-as-errors"]);
    swift
}

/// What another developer takes: our sources, and the generated ones at their places.
pub(super) fn package(bindings: &Bindings) -> Result<PathBuf> {
    let (generated, package) = (bindings.of("swift"), bindings.of("swift-package"));
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    copy(&repository::swift(), &package)?;
    let header = package.join("Sources/FeltbogFFI");
    fs::create_dir_all(&header)?;
    fs::copy(generated.join("FeltbogFFI.h"), header.join("FeltbogFFI.h"))?;
    fs::copy(generated.join("FeltbogFFI.modulemap"), header.join("module.modulemap"))?;
    fs::copy(generated.join("Feltbog.swift"), package.join("Sources/Feltbog/Feltbog.swift"))?;
    Ok(package)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for item in fs::read_dir(from)? {
        let item = item?;
        let there = to.join(item.file_name());
        if item.path().is_dir() {
            copy(&item.path(), &there)?;
        } else {
            fs::copy(item.path(), there)?;
        }
    }
    Ok(())
}

/// Where Debian puts the compiler and what belongs to it.
pub(super) const BIN: &str = "/usr/libexec/swift/bin";
