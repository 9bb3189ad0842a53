//! The compiler of Kotlin, in this machine's cache.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{cache, command, npm, repository};

/// What its lock file is made of.
const PACKAGE: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// The compiler, ready to run.
pub(super) struct Compiler(PathBuf);

impl Compiler {
    /// As the lock file names it.
    pub(super) fn installed() -> Result<Self> {
        let folder = cache::folder("kotlin")?;
        for name in PACKAGE {
            let wanted = fs::read(repository::kotlin().join(name))?;
            let there = folder.join(name);
            if fs::read(&there).ok().as_ref() != Some(&wanted) {
                fs::write(&there, wanted)?;
            }
        }
        npm::install(&folder)
            .context("the Kotlin compiler could not be fetched: try again when the network is there")?;
        Ok(Self(folder.join("node_modules/kotlin-compiler")))
    }

    /// One that comes with it.
    pub(super) fn library(&self, name: &str) -> PathBuf {
        self.0.join("lib").join(name).with_extension("jar")
    }

    /// Compiles sources to a jar; a warning is an error.
    pub(super) fn compile(&self, sources: &[PathBuf], libraries: &[PathBuf], jar: &Path) -> Result<()> {
        // npm does not keep the mark that makes it a program.
        let mut kotlinc = Command::new("bash");
        kotlinc.arg(self.0.join("bin/kotlinc")).arg("-cp").arg(class_path(libraries)?);
        kotlinc.args(["-jvm-target", "17", "-Werror", "-d"]).arg(jar).args(sources).env("JAVA_OPTS", "-Xmx2g");
        command::run(&mut kotlinc)
    }
}

/// How Java is told of several.
pub(super) fn class_path(jars: &[PathBuf]) -> Result<OsString> {
    std::env::join_paths(jars).context("a folder's name cannot stand in a class path")
}

/// All below a folder, in a fixed order.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = item?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "kt") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
