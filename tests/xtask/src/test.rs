//! `cargo xtask test`: every test there is.

use anyhow::Result;

use crate::postgres::Postgres;
use crate::words::Words;
use crate::{binaries, browser_test, command, dist, needs, phones, ui};

/// Runs them all, the slow ones last, or those for phones; stops at the first part that fails.
pub(crate) fn run(mut words: Words) -> Result<()> {
    let part =
        ["phones", "android", "apple", "targets", "postgres", "package"].into_iter().find(|part| words.flag(part));
    words.finish()?;
    match part {
        Some("phones") => phones::run(),
        Some("postgres") => on_postgres(),
        Some("package") => package(),
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
    on_postgres()?;
    package()?;
    browser_test::run(&browser)
}

/// The life of the server's package, with the binary that the tests ran: it is about the package and not about speed.
fn package() -> Result<()> {
    needs::sqlcipher()?;
    command::run(command::cargo().args(["build", "--quiet", "--package", "feltbog-server", "--bins"]))?;
    dist::trial::run(&binaries::target()?.join("debug/feltbog-server"))
}

/// The server's tests once more, with every log in a PostgreSQL; and those that only that one has.
fn on_postgres() -> Result<()> {
    needs::postgres()?;
    let postgres = Postgres::start()?;
    let mut cargo = command::cargo();
    if needs::has_nextest() {
        cargo.args(["nextest", "run", "-p", "feltbog-server", "--test", "it", "--profile", "ci"]);
        cargo.args(["--run-ignored", "all", "-E", "not test(on_file::)"]);
    } else {
        cargo.args(["test", "-p", "feltbog-server", "--test", "it", "--"]);
        cargo.args(["--include-ignored", "--skip", "on_file::"]);
    }
    command::run(cargo.env("FELTBOG_TEST_POSTGRES", postgres.address()))
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
