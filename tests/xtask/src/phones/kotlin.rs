//! The library from Kotlin, on the JVM of this machine.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::bindings::Bindings;
use crate::binaries::Binaries;
use crate::{binaries, cache, command, needs, npm, repository};

/// What the lock file of the compiler is made of.
const PACKAGE: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// What the test program may have, all of it from the beginning, so that what grows is not the heap.
const HEAP: [&str; 3] = ["-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"];

/// Compiles the package around the generated code, then the test program against it, and runs that.
pub(super) fn test(bindings: &Bindings, binaries: &Binaries) -> Result<()> {
    let compiler = Compiler::installed()?;
    let (package, tests) = (out("feltbog.jar")?, out("test.jar")?);
    let libraries = [needs::jar("jna"), compiler.library("kotlinx-coroutines-core-jvm"), needs::jar("gson")];
    let mut sources = kotlin_files(&bindings.of("kotlin"))?;
    sources.extend(kotlin_files(&repository::kotlin().join("src"))?);
    compiler.compile(&sources, &libraries, &package)?;
    let libraries = [&libraries[..], &[package]].concat();
    compiler.compile(&kotlin_files(&repository::kotlin().join("test"))?, &libraries, &tests)?;

    let library = bindings.library().parent().context("the library has no folder")?;
    let mut option = OsString::from("-Djna.library.path=");
    option.push(library);
    let mut java = Command::new("java");
    java.args(HEAP).arg(option).arg("-cp");
    java.arg(class_path(&[&libraries[..], &[tests, compiler.library("kotlin-stdlib")]].concat())?);
    command::run(java.arg("feltbog.test.MainKt").env("FELTBOG_BIN_DIR", binaries.folder()))
}

/// The Kotlin compiler in this machine's cache.
struct Compiler(PathBuf);

impl Compiler {
    /// As the lock file names it.
    fn installed() -> Result<Self> {
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

    fn library(&self, name: &str) -> PathBuf {
        self.0.join("lib").join(name).with_extension("jar")
    }

    fn compile(&self, sources: &[PathBuf], libraries: &[PathBuf], jar: &Path) -> Result<()> {
        // npm does not keep the mark that makes it a program.
        let mut kotlinc = Command::new("bash");
        kotlinc.arg(self.0.join("bin/kotlinc")).arg("-cp").arg(class_path(libraries)?);
        kotlinc.args(["-jvm-target", "17", "-Werror", "-d"]).arg(jar).args(sources).env("JAVA_OPTS", "-Xmx2g");
        command::run(&mut kotlinc)
    }
}

fn out(name: &str) -> Result<PathBuf> {
    Ok(binaries::target()?.join("phones").join(name))
}

fn class_path(jars: &[PathBuf]) -> Result<OsString> {
    std::env::join_paths(jars).context("a folder's name cannot stand in a class path")
}

/// All below a folder, in a fixed order.
fn kotlin_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = item?.path();
        if path.is_dir() {
            files.extend(kotlin_files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "kt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
