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
    let libraries = libraries(&compiler);
    let mut sources = files(&bindings.of("kotlin"))?;
    sources.extend(files(&repository::kotlin().join("src"))?);
    compiler.compile(&sources, &libraries, &package)?;
    let libraries = [&libraries[..], &[package]].concat();
    compiler.compile(&files(&repository::kotlin().join("test"))?, &libraries, &tests)?;
    let mut java = java(bindings, &compiler)?;
    command::run(java.arg("feltbog.test.MainKt").env("FELTBOG_BIN_DIR", binaries.folder()))
}

/// A phone that is asked line by line. It was compiled with the tests.
pub(super) fn piped(bindings: &Bindings) -> Result<Command> {
    let mut java = java(bindings, &Compiler::installed()?)?;
    java.arg("feltbog.test.Piped");
    Ok(java)
}

/// Java with everything that was compiled, and the library.
fn java(bindings: &Bindings, compiler: &Compiler) -> Result<Command> {
    let library = bindings.library().parent().context("the library has no folder")?;
    let mut option = OsString::from("-Djna.library.path=");
    option.push(library);
    let compiled = [out("feltbog.jar")?, out("test.jar")?, compiler.library("kotlin-stdlib")];
    let mut java = Command::new("java");
    java.args(HEAP).arg(option).arg("-cp").arg(class_path(&[&libraries(compiler)[..], &compiled].concat())?);
    Ok(java)
}

fn libraries(compiler: &Compiler) -> [PathBuf; 3] {
    [needs::jar("jna"), compiler.library("kotlinx-coroutines-core-jvm"), needs::jar("gson")]
}

fn out(name: &str) -> Result<PathBuf> {
    Ok(binaries::target()?.join("phones").join(name))
}
