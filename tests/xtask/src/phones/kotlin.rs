//! The library from Kotlin, on the JVM of this machine.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::bindings::Bindings;
use super::kotlin_compiler::{Compiler, class_path, files};
use crate::binaries::Binaries;
use crate::{binaries, command, needs, repository};

/// What the test program may have, all of it from the beginning, so that what grows is not the heap.
const HEAP: [&str; 3] = ["-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"];

/// Compiles the package around the generated code, then the test program against it, and runs that.
pub(super) fn test(bindings: &Bindings, binaries: &Binaries) -> Result<()> {
    let compiler = Compiler::installed()?;
    let (package, tests) = (out("feltbog.jar")?, out("test.jar")?);
    let libraries = [needs::jar("jna"), compiler.library("kotlinx-coroutines-core-jvm"), needs::jar("gson")];
    let mut sources = files(&bindings.of("kotlin"))?;
    sources.extend(files(&repository::kotlin().join("src"))?);
    compiler.compile(&sources, &libraries, &package)?;
    let libraries = [&libraries[..], &[package]].concat();
    compiler.compile(&files(&repository::kotlin().join("test"))?, &libraries, &tests)?;

    let library = bindings.library().parent().context("the library has no folder")?;
    let mut option = OsString::from("-Djna.library.path=");
    option.push(library);
    let mut java = Command::new("java");
    java.args(HEAP).arg(option).arg("-cp");
    java.arg(class_path(&[&libraries[..], &[tests, compiler.library("kotlin-stdlib")]].concat())?);
    command::run(java.arg("feltbog.test.MainKt").env("FELTBOG_BIN_DIR", binaries.folder()))
}

fn out(name: &str) -> Result<PathBuf> {
    Ok(binaries::target()?.join("phones").join(name))
}
