//! The package on a machine: installed, served from, updated, removed, purged and installed again.
//!
//! It happens on this machine as far as dpkg can see, and in memory as far as the machine can: everything that is written
//! goes into a layer above the file system, in a namespace of its own, and is gone at the end.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::moment::Moment;
use super::package::Package;
use crate::{command, needs};

/// Packs a binary twice, and goes through a package's life with it.
pub(crate) fn run(binary: &Path) -> Result<()> {
    needs::packing()?;
    let moment = Moment::of_this_state()?;
    let (one, other, later) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
    let package = Package::of(binary, moment)?.loose().build(one.path())?;
    let again = Package::of(binary, moment)?.loose().build(other.path())?;
    ensure!(fs::read(&package)? == fs::read(again)?, "one binary was packed twice, and the packages differ");
    println!("ok   one binary gives one package");
    if !needs::is_root() {
        println!("The package was not installed: only root can try that.");
        return Ok(());
    }
    let next = Package::of(binary, moment)?.loose().next().build(later.path())?;
    let mut life = Command::new("unshare");
    life.args(["--mount", "--", "bash", "-c", LIFE, "life"]).args([&package, &next]);
    command::run(&mut life)
}

const LIFE: &str = include_str!("life.sh");
