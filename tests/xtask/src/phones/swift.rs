//! The library from Swift, on Linux.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::bindings::Bindings;
use crate::binaries::Binaries;
use crate::debian::Wanted;
use crate::{binaries, command, repository};

/// The compiler of the stable release, which does not move, without what only other uses need.
const SWIFT: Wanted = Wanted {
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
    let target = binaries::target()?;
    let library = bindings.library().parent().context("the library has no folder")?;
    // The core's client reads the machine's certificates before it asks anybody, also where it needs none.
    let room =
        SWIFT.room()?.sharing(&target).sharing(Path::new("/etc/ssl")).finding_in(Path::new("/usr/libexec/swift/bin"));
    let mut swift = room.command("/usr/libexec/swift/bin/swift-test");
    // Without it the last line tells of no tests: there are none of that other kind.
    swift.args(["--disable-swift-testing", "--package-path"]).arg(&package);
    swift.arg("--scratch-path").arg(target.join("phones/swift-build"));
    swift.args(["-Xswiftc", "-warnings-as-errors", "-Xlinker", "-L"]).arg("-Xlinker").arg(library);
    swift.args(["-Xlinker", "-rpath", "-Xlinker"]).arg(library);
    command::run(swift.env("FELTBOG_BIN_DIR", binaries.folder()))
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
