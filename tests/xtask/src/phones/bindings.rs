//! The library for phones, and the code that is generated from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{binaries, command, repository};

/// Where both lie.
pub(super) struct Bindings {
    library: PathBuf,
    generated: PathBuf,
}

impl Bindings {
    /// Builds the library, and generates anew.
    pub(super) fn generate() -> Result<Self> {
        let target = binaries::target()?;
        // First the generator: with it comes another build of the library, which must not be the one that is tested.
        build(&["--features", "feltbog-ffi/bindgen", "--bin", "feltbog-bindgen"])?;
        build(&["--lib"])?;
        let built = target.join("debug");
        let bindings = Self { library: built.join(LIBRARY), generated: target.join("phones") };
        for language in ["kotlin", "python", "swift"] {
            let folder = bindings.of(language);
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            let mut generator = Command::new(built.join("feltbog-bindgen"));
            generator.args(["generate", "--no-format", "--language", language, "--out-dir"]).arg(&folder);
            generator.arg("--config").arg(repository::ffi().join("bindgen.toml")).arg(&bindings.library);
            command::text(&mut generator)?;
        }
        Ok(bindings)
    }

    /// The folder of what was generated for a language.
    pub(super) fn of(&self, language: &str) -> PathBuf {
        self.generated.join(language)
    }

    /// The built library.
    pub(super) fn library(&self) -> &Path {
        &self.library
    }
}

fn build(what: &[&str]) -> Result<()> {
    command::run(command::cargo().arg("build").args(TOGETHER).args(what))
}

/// With the programs, so that the core below all three is compiled once: cargo turns on what the chosen ones want together.
const TOGETHER: [&str; 6] = ["--package", "feltbog-ffi", "--package", "feltbog-server", "--package", "feltbog-desktop"];
const LIBRARY: &str = if cfg!(target_os = "macos") { "libfeltbog_ffi.dylib" } else { "libfeltbog_ffi.so" };
