//! `cargo xtask test`: every test there is.

use anyhow::Result;

use crate::words::Words;
use crate::{browser_test, command, needs, phones, ui};

/// Runs them all, the slow ones last, or those for phones; stops at the first part that fails.
pub(crate) fn run(mut words: Words) -> Result<()> {
    let part = ["phones", "android", "apple", "targets"].into_iter().find(|part| words.flag(part));
    words.finish()?;
    match part {
        Some("phones") => phones::run(),
        Some("android") => phones::run_android_host(),
        Some("apple") => phones::run_apple_host(),
        Some(_) => phones::targets::check(),
        None => everything(),
    }
}

fn everything() -> Result<()> {
    needs::sqlcipher()?;
    let browser = needs::chromium()?;
    ui::pack()?;
    ui::check()?;
    command::run(&mut rust_tests())?;
    browser_test::run(&browser)
}

fn rust_tests() -> std::process::Command {
    let mut cargo = command::cargo();
    if needs::has_nextest() {
        cargo.args(["nextest", "run", "--workspace", "--profile", "ci"]);
    } else {
        cargo.args(["test", "--workspace", "--lib", "--bins", "--tests"]);
    }
    cargo
}
