//! The product's binaries, built from this checkout.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

use crate::{command, needs, repository, ui};

/// Where they lie.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Packs the user interface and compiles both programs around it.
    pub(crate) fn build(release: bool) -> Result<Self> {
        needs::sqlcipher()?;
        ui::pack()?;
        let mut cargo = command::cargo();
        cargo.args(["build", "--package", "feltbog-server", "--package", "feltbog-desktop", "--bins"]);
        if release {
            cargo.arg("--release");
        }
        command::run(&mut cargo)?;
        Ok(Self { folder: target()?.join(if release { "release" } else { "debug" }) })
    }

    /// The folder of both.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The server.
    pub(crate) fn server(&self) -> PathBuf {
        self.folder.join("feltbog-server")
    }

    /// The device.
    pub(crate) fn device(&self) -> PathBuf {
        self.folder.join("feltbog")
    }
}

/// Cargo's folder for what it makes.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = MetadataCommand::new()
        .current_dir(repository::root())
        .no_deps()
        .exec()
        .context("cargo does not tell where it builds")?;
    Ok(Path::new(metadata.target_directory.as_str()).to_owned())
}
