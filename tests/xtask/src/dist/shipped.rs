//! The server as it ships: optimised, and without a word about the machine it was built on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{binaries, command, repository};

/// Builds it in a folder of its own, since other flags would have everything else compiled anew.
pub(super) fn build(offline: bool) -> Result<PathBuf> {
    let folder = binaries::target()?.join("shipped");
    let mut cargo = command::cargo();
    cargo.args(["build", "--release", "--locked", "--package", "feltbog-server", "--bins"]);
    if offline {
        cargo.arg("--offline");
    }
    let flags = format!("{}{SEPARATOR}{}", remap(&cargo_home()?, "/cargo"), remap(&repository::root(), "/feltbog"));
    command::run(cargo.env("CARGO_TARGET_DIR", &folder).env("CARGO_ENCODED_RUSTFLAGS", flags))?;
    Ok(folder.join("release/feltbog-server"))
}

/// Messages name files; these are called by what they are and not by where they lay.
fn remap(folder: &Path, as_if: &str) -> String {
    format!("--remap-path-prefix={}={as_if}", folder.display())
}

fn cargo_home() -> Result<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).context("set CARGO_HOME")
}

const SEPARATOR: char = '\x1f';
