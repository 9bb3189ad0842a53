//! `cargo xtask dist`: the server as a package for Debian.

mod licences;
mod linked;
mod moment;
mod package;
mod sbom;
mod shipped;
pub(crate) mod trial;

use std::fs;

use anyhow::Result;

use self::moment::Moment;
use self::package::Package;
use crate::words::Words;
use crate::{binaries, needs};

/// Builds the server as it ships, and packs it.
pub(crate) fn run(mut words: Words) -> Result<()> {
    let offline = words.flag("--offline");
    words.finish()?;
    needs::sqlcipher()?;
    needs::packing()?;
    let binary = shipped::build(offline)?;
    let folder = binaries::target()?.join("dist");
    fs::create_dir_all(&folder)?;
    let package = Package::of(&binary, Moment::of_this_state()?)?.build(&folder)?;
    println!("{}", package.display());
    Ok(())
}
