//! The host for Apple's phones: what needs no class of Apple's is tested on Linux, the rest is read by the compiler.

use std::fs;

use anyhow::{Result, bail};

use super::swift::{BIN, SWIFT, tests_of};
use crate::{binaries, command, repository};

/// Tests the plain part, and parses the app: its words without their meaning, which only Apple's SDK knows.
pub(super) fn test() -> Result<()> {
    let (host, target) = (repository::ios(), binaries::target()?);
    let room = || Ok::<_, anyhow::Error>(SWIFT.room()?.sharing(&host).sharing(&target));
    command::run(&mut tests_of(&host.join("Plain"), room()?, &target.join("phones/apple-plain")))?;
    let mut sources = Vec::new();
    for item in fs::read_dir(host.join("App"))? {
        let path = item?.path();
        if path.extension().is_some_and(|ending| ending == "swift") {
            sources.push(path);
        }
    }
    if sources.is_empty() {
        bail!("the host for Apple's phones has no source");
    }
    command::run(room()?.command(&format!("{BIN}/swiftc")).args(["-swift-version", "6", "-parse"]).args(sources))
}
