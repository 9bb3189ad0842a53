//! `cargo xtask`: demo, test, check, bench; one command each, on a fresh clone as well.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line for developers")]

mod bench;
mod binaries;
mod browser_test;
mod cache;
mod check;
mod command;
mod debian;
mod demo;
mod dist;
mod janitor;
mod needs;
mod npm;
mod phones;
mod postgres;
mod repository;
mod screenshot;
mod soak;
mod test;
mod ui;
mod words;

use std::process::ExitCode;

use words::Words;

const HELP: &str = "cargo xtask COMMAND

  demo        a municipality with two phones side by side, and what its server sees of them
                --port N     the page's port (any that is free)
                --release    optimised binaries
                --small      a few citizens only
                --keep DIR   keep everything in DIR, a folder that is new or empty
  test        every test of the workspace, and the browser test
                postgres     only the server's tests, with every log in a PostgreSQL
                phones       the library for phones instead, from Python, Kotlin and Swift, and its targets
                android      only the host for Android
                apple        only the host for Apple's phones
                package      only the server's package: packed twice, installed, updated, removed, in memory
                targets      only whether it compiles for Android and for Apple's phones
  check       formatting, clippy, layers, generated files, lock files, file sizes
                --fix        put formatting and generated files right
  android     the library for Android, with the NDK, into the app's project
  ios         the library for Apple's phones, on a Mac, into the Swift package
  dist        the server as a Debian package, in target/dist; the same sources give the same package
                --offline    without asking the network for anything
  ui          pack the user interface, if it changed
  bench       the benchmarks, with optimised binaries: measure, value, ratio, aim
                --scale x1|x4|x16      history, in years (x1 and x4)
                --citizens 25|250      caseload (25)
                --only load            500 devices, a morning of 25,000 envelopes, idle and dawdling connections
                --only sizes           500 to 5,000 devices at work: what a machine has to be
  soak        simulated lives until time is up; failing ones go to tests/simulation/failures
                --minutes N  how long (30)
                --from SEED  where to begin
  screenshot  draw the picture of the demo that the README shows
";

fn main() -> ExitCode {
    let mut words = Words::of_this_process();
    let done = match words.next_command().as_deref() {
        Some("demo") => demo::run(words),
        Some("test") => test::run(words),
        Some("check") => check::run(words),
        Some("android") => words.finish().and_then(|()| phones::android::build()),
        Some("ios") => words.finish().and_then(|()| phones::ios::build()),
        Some("dist") => dist::run(words),
        Some("ui") => words.finish().and_then(|()| ui::pack()),
        Some("bench") => bench::run(words),
        Some("soak") => soak::run(words),
        Some("screenshot") => words.finish().and_then(|()| screenshot::run()),
        Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
