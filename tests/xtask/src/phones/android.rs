//! `cargo xtask android`: the library for Android, in the place where the app looks for it.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{self, says_yes};
use crate::repository;

/// The processors of Android's phones, and that of its emulator.
const ABIS: [(&str, &str); 3] = [
    ("arm64-v8a", "aarch64-linux-android"),
    ("armeabi-v7a", "armv7-linux-androideabi"),
    ("x86_64", "x86_64-linux-android"),
];

/// Builds it with the NDK, which has to be here.
pub(crate) fn build() -> Result<()> {
    needed()?;
    let mut ndk = command::cargo();
    ndk.args(["ndk", "--platform", "26", "--output-dir"]).arg(repository::android().join("app/src/main/jniLibs"));
    for (abi, _) in ABIS {
        ndk.args(["--target", abi]);
    }
    // Android has no OpenSSL for others: SQLCipher brings its own along.
    ndk.args(["build", "--release", "--locked", "--package", "feltbog-ffi", "--lib", "--features", "vendored-openssl"]);
    command::run(&mut ndk)
}

fn needed() -> Result<()> {
    if std::env::var_os("ANDROID_NDK_HOME").is_none() {
        bail!("Android's NDK is missing: install it with Android Studio and set ANDROID_NDK_HOME to its folder");
    }
    if !says_yes("cargo-ndk", &["--version"]) {
        bail!("cargo-ndk is missing: `cargo install cargo-ndk`");
    }
    let installed = command::text(Command::new("rustup").args(["target", "list", "--installed"]))?;
    let lacking: Vec<_> = ABIS.into_iter().map(|(_, target)| target).filter(|name| !installed.contains(name)).collect();
    if !lacking.is_empty() {
        bail!("Rust's libraries for Android are missing: `rustup target add {}`", lacking.join(" "));
    }
    Ok(())
}
