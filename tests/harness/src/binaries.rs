//! The shipped binaries, built from the tree the tests stand in.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Names a folder that holds both binaries; then nothing is built.
const READY_MADE: &str = "FELTBOG_BIN_DIR";
/// Set by nextest, which gives every test a process of its own: the same for all tests of one run.
const RUN: &str = "NEXTEST_RUN_ID";

/// The device's binary.
#[must_use]
pub fn feltbog() -> PathBuf {
    folder().join(format!("feltbog{}", std::env::consts::EXE_SUFFIX))
}

/// The server's binary.
#[must_use]
pub fn feltbog_server() -> PathBuf {
    folder().join(format!("feltbog-server{}", std::env::consts::EXE_SUFFIX))
}

fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| std::env::var_os(READY_MADE).map_or_else(built, PathBuf::from))
}

/// Builds them into the target folder of the test itself: once in each process, and under nextest once in each run.
fn built() -> PathBuf {
    // target/debug/deps/it-0123456789abcdef
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap().to_owned();
    let mut stamp = locked(&folder.join("feltbog-harness.run"));
    let run = std::env::var(RUN).unwrap_or_default();
    let mut built = String::new();
    stamp.read_to_string(&mut built).unwrap();
    if run.is_empty() || built != run {
        build(&folder);
        stamp.set_len(0).unwrap();
        stamp.rewind().unwrap();
        stamp.write_all(run.as_bytes()).unwrap();
    }
    folder
}

/// Held until dropped, so that other tests of the run wait for the build.
fn locked(path: &Path) -> File {
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path).unwrap();
    file.lock().unwrap();
    file
}

fn build(folder: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "-p", "feltbog-desktop", "-p", "feltbog-server"])
        .arg("--target-dir")
        .arg(folder.parent().unwrap())
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    if folder.file_name().is_some_and(|profile| profile == "release") {
        command.arg("--release");
    }
    assert!(command.status().unwrap().success(), "the binaries could not be built");
}
