//! The browser tests: two phones of a small demo, driven by Chromium, and the main way through the interface in WebKit.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{command, needs, npm, repository};

/// Each plays in a demo of its own, one after the other.
const TESTS: [&str; 18] = [
    "src/transports.test.js",
    "src/field-day.test.js",
    "src/field-book.test.js",
    "src/half-typed.test.js",
    "src/people.test.js",
    "src/employers.test.js",
    "src/login.test.js",
    "src/standing.test.js",
    "src/programmes.test.js",
    "src/municipalities.test.js",
    "src/join-beside.test.js",
    "src/server-count.test.js",
    "src/measures.test.js",
    "src/review.test.js",
    "src/reminders.test.js",
    "src/handbook.test.js",
    "src/openapi.test.js",
    "src/admin.test.js",
];

/// The engine of Apple's phones, where there is a driver for it.
const IN_WEBKIT: Option<&str> = if cfg!(target_os = "linux") { Some("src/webkit.test.js") } else { None };

/// Runs them in a browser.
pub(crate) fn run(browser: &Path) -> Result<()> {
    if IN_WEBKIT.is_some() {
        needs::webkit()?;
    }
    npm::install(&repository::browser_test())?;
    npm::install(&repository::identity_provider())?;
    command::run(
        node(browser)?.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(TESTS).args(IN_WEBKIT),
    )
}

/// Node in the test's folder, told where the browser and this program are.
pub(crate) fn node(browser: &Path) -> Result<Command> {
    let mut node = Command::new("node");
    node.current_dir(repository::browser_test()).env("CHROMIUM", browser).env("XTASK", std::env::current_exe()?);
    Ok(node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phones::three_devices;

    #[test]
    fn every_browser_test_that_lies_there_is_run() {
        let run: Vec<&str> = TESTS.into_iter().chain(["src/webkit.test.js", three_devices::TEST]).collect();
        for file in std::fs::read_dir(repository::browser_test().join("src")).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let path = format!("src/{name}");
            assert!(!name.ends_with(".test.js") || run.contains(&path.as_str()), "nobody runs {name}");
        }
    }
}
