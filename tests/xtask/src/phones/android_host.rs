//! The host for Android: what needs no phone is tested on the JVM, the rest compiled against Android's own signatures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::bindings::Bindings;
use super::kotlin_compiler::{Compiler, class_path, files};
use super::stubs;
use crate::debian::Wanted;
use crate::{binaries, command, needs, repository};

/// Android 14, as Debian's source of it publishes the interface.
const SIGNATURES: Wanted =
    Wanted { name: "android", suite: "trixie", packages: &["android-platform-frameworks-base"], without: &[] };
/// What packs manifest and resources, with those of Android 14 to check them against.
const PACKER: Wanted =
    Wanted { name: "aapt", suite: "trixie", packages: &["aapt", "android-framework-res"], without: &["*/share/doc/*"] };

/// Tests the plain part, checks manifest and resources, and compiles the app.
pub(super) fn test(bindings: &Bindings) -> Result<()> {
    let compiler = Compiler::installed()?;
    let out = binaries::target()?.join("phones/android");
    let plain = plain(&compiler, &out)?;
    let names = resources(&out)?;
    app(&compiler, bindings, &out, &[plain, names])
}

fn plain(compiler: &Compiler, out: &Path) -> Result<PathBuf> {
    let (package, tests) = (out.join("plain.jar"), out.join("plain-test.jar"));
    let library = compiler.library("kotlinx-coroutines-core-jvm");
    let folder = repository::android().join("plain/src");
    compiler.compile(&files(&folder.join("main"))?, &[], &package)?;
    let mut sources = files(&folder.join("test"))?;
    sources.push(repository::kotlin().join("test/Sentences.kt"));
    compiler.compile(&sources, &[package.clone(), library.clone()], &tests)?;
    let classes = [package.clone(), tests, library, compiler.library("kotlin-stdlib")];
    command::run(Command::new("java").arg("-cp").arg(class_path(&classes)?).arg("feltbog.host.PlainTestsKt"))?;
    Ok(package)
}

/// The Java source of the resources' names. What is wrong in the manifest or in a resource is an error.
fn resources(out: &Path) -> Result<PathBuf> {
    let (main, names) = (repository::android().join("app/src/main"), out.join("names"));
    fs::create_dir_all(&names)?;
    let room = PACKER.room()?.sharing(&repository::root()).sharing(&binaries::target()?);
    let mut aapt = room.command("/usr/bin/aapt");
    aapt.args(["package", "-f", "-m", "--min-sdk-version", "30", "--target-sdk-version", "34", "-M"]);
    aapt.arg(main.join("AndroidManifest.xml")).arg("-S").arg(main.join("res")).arg("-J").arg(&names);
    aapt.args(["-I", "/usr/share/android-framework-res/framework-res.apk", "-F"]).arg(out.join("resources.apk"));
    command::run(&mut aapt)?;
    Ok(names.join("feltbog/host/R.java"))
}

fn app(compiler: &Compiler, bindings: &Bindings, out: &Path, plain_and_names: &[PathBuf; 2]) -> Result<()> {
    let [plain, names] = plain_and_names;
    let android = out.join("android-34");
    let signatures = SIGNATURES.source_file("core/api/current.txt")?;
    let signatures = fs::read_to_string(&signatures).context("Android's signatures cannot be read")?;
    stubs::write(&signatures, &android)?;
    let mut sources = files(&bindings.of("kotlin"))?;
    sources.extend(files(&repository::kotlin().join("src"))?);
    sources.extend(files(&repository::android().join("app/src/main/kotlin"))?);
    sources.push(names.clone());
    let coroutines = compiler.library("kotlinx-coroutines-core-jvm");
    compiler.compile(&sources, &[android, plain.clone(), needs::jar("jna"), coroutines], &out.join("app.jar"))
}
