//! `cargo xtask test`: every test there is.

use anyhow::Result;

use crate::{browser_test, command, needs, ui};

/// Runs them all, the slow ones last; stops at the first part that fails.
pub(crate) fn run() -> Result<()> {
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
