//! The library, checked for the machines that phones are: no phone's linker is needed to find a mistake.
//!
//! This depends on three things. The compiler is Debian's of the coming release, because it and the source of the standard library
//! always come in one version there, and never an older one than we ask for; `RUSTC_BOOTSTRAP` lets it check that source for a machine it
//! brings no library for; and nothing is linked in a check, so that empty files do for what is written in C.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::debian::{Room, Wanted};
use crate::{binaries, command, needs, repository};

const RUST: Wanted = Wanted {
    name: "rust",
    suite: "forky",
    packages: &["rustc", "cargo", "rust-src", "libstd-rust-dev", "gcc", "libc6-dev", "bash"],
    without: &["*/share/doc/*", "*/share/man/*", "*/lto1", "*lto-dump*", "*/compiler/rustc_*"],
};

/// A phone with Android, and one of Apple's.
const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// What runs while checking runs once: to optimise it takes longer than it saves.
const QUICKLY: &str = r#"profile.dev.package."*".opt-level=0"#;

/// Checks it for each of them.
pub(crate) fn check() -> Result<()> {
    needs::sqlcipher()?;
    let home = cargo_home()?;
    let target = binaries::target()?;
    let room = RUST.room()?.sharing(&repository::root()).sharing(&target).sharing(&home);
    let room = room.finding_in(&stand_ins());
    fetch(&room)?;
    for machine in TARGETS {
        println!("checking the library for {machine}");
        command::run(&mut cargo_check(&room, machine, &target, &home))?;
    }
    Ok(())
}

/// What both the library and the standard library are made of: in the room there is no network.
fn fetch(room: &Room) -> Result<()> {
    command::run(command::cargo().args(["fetch", "--quiet", "--locked"]))?;
    let standard = room.outside("usr/lib/rustlib/src/rust/library/sysroot/Cargo.toml");
    let mut cargo = command::cargo();
    cargo.args(["fetch", "--quiet", "--locked", "--manifest-path"]).arg(standard);
    command::run(cargo.env("RUSTC_BOOTSTRAP", "1"))
}

fn cargo_check(room: &Room, machine: &str, target: &Path, home: &Path) -> std::process::Command {
    let mut cargo = room.command("/usr/bin/cargo");
    cargo.args(["check", "--quiet", "--offline", "--locked", "--package", "feltbog-ffi", "--lib"]);
    cargo.args(["-Zbuild-std=std,panic_abort", "--target", machine, "--config", QUICKLY]);
    cargo.arg("--manifest-path").arg(repository::root().join("Cargo.toml"));
    cargo.arg("--target-dir").arg(target.join("phones/check"));
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_HOME", home);
    // What is built for the room's own machine, to run while checking, is linked.
    cargo.env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER", "gcc");
    let suffix = machine.replace('-', "_");
    for (tool, stand_in) in [("CC", "cc"), ("CXX", "cc"), ("AR", "ar"), ("RANLIB", "ar")] {
        cargo.env(format!("{tool}_{suffix}"), stand_ins().join(stand_in));
    }
    // Any folders that are there: nothing is read from them.
    cargo.envs([("SDKROOT", "/home"), ("OPENSSL_DIR", "/usr"), ("OPENSSL_LIB_DIR", "/usr/lib")]);
    cargo.env("OPENSSL_INCLUDE_DIR", "/usr/include");
    cargo
}

fn stand_ins() -> PathBuf {
    repository::root().join("tests/xtask/src/phones/stand_ins")
}

/// Where cargo keeps what it fetched.
fn cargo_home() -> Result<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let home = named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    home.context("set CARGO_HOME to the folder in which cargo keeps what it fetched")
}
