//! The host for Apple's phones: what needs no class of Apple's is tested on Linux, the rest is checked against stand-ins.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::bindings::Bindings;
use super::swift::{self, BIN, SWIFT, tests_of};
use crate::debian::Room;
use crate::{binaries, command, repository};

/// Signatures of Apple's that the host uses, each after those it needs. They are written down by hand, because its SDK is on a Mac only:
/// the check finds our own mistakes, not those we made about Apple.
const SDK: [&str; 10] = [
    "Security",
    "LocalAuthentication",
    "UIKit",
    "WebKit",
    "BackgroundTasks",
    "UserNotifications",
    "Vision",
    "VisionKit",
    "AVFoundation",
    "AuthenticationServices",
];

/// Tests the plain part, then checks the app's types against it, the library's package, and the stand-ins.
pub(super) fn test(bindings: &Bindings) -> Result<()> {
    let (host, target) = (repository::ios(), binaries::target()?);
    let room = SWIFT.room()?.sharing(&repository::root()).sharing(&target).finding_in(Path::new(BIN));
    command::run(&mut tests_of(&host.join("Plain"), &room, &target.join("phones/apple-plain")))?;

    let compiler = Compiler { room, modules: target.join("phones/apple-modules") };
    fs::create_dir_all(&compiler.modules)?;
    let signatures = repository::root().join("tests/xtask/src/phones/apple_sdk");
    for name in SDK {
        compiler.module(name, &[signatures.join(name).with_extension("swift")], None)?;
    }
    let package = swift::package(bindings)?.join("Sources");
    let header = package.join("FeltbogFFI/module.modulemap");
    compiler.module("Plain", &sources(&host.join("Plain/Sources/Plain"))?, None)?;
    compiler.module("Feltbog", &sources(&package.join("Feltbog"))?, Some(&header))?;
    compiler.check(&sources(&host.join("App"))?, &header)
}

/// Swift's, which finds modules where it put them.
struct Compiler {
    room: Room,
    modules: PathBuf,
}

impl Compiler {
    /// Makes a module of these sources.
    fn module(&self, name: &str, sources: &[PathBuf], header: Option<&Path>) -> Result<()> {
        let mut swiftc = self.swiftc(header);
        swiftc
            .args(["-emit-module", "-module-name", name, "-o"])
            .arg(self.modules.join(name).with_extension("swiftmodule"));
        command::run(swiftc.args(sources))
    }

    /// Reads them with everything they name; a warning is an error.
    fn check(&self, sources: &[PathBuf], header: &Path) -> Result<()> {
        let mut swiftc = self.swiftc(Some(header));
        command::run(swiftc.args(["-typecheck", "-warnings-as-errors", "-module-name", "Host"]).args(sources))
    }

    fn swiftc(&self, header: Option<&Path>) -> std::process::Command {
        let mut swiftc = self.room.command(&format!("{BIN}/swiftc"));
        swiftc.args(["-swift-version", "6", "-parse-as-library", "-I"]).arg(&self.modules);
        if let Some(header) = header {
            swiftc.arg("-Xcc").arg(format!("-fmodule-map-file={}", header.display()));
        }
        swiftc
    }
}

/// The files in Swift of a folder, in a fixed order.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let items = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let items = items.map(|item| Ok(item?.path())).collect::<Result<Vec<_>>>()?;
    let mut found: Vec<_> =
        items.into_iter().filter(|path| path.extension().is_some_and(|end| end == "swift")).collect();
    found.sort();
    if found.is_empty() {
        bail!("{} has no source in Swift", folder.display());
    }
    Ok(found)
}
