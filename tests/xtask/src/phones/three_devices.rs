//! A phone in Kotlin, one in Swift and a computer in one municipality.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::Result;
use serde_json::json;

use super::bindings::Bindings;
use super::{kotlin, swift};
use crate::binaries::Binaries;
use crate::{command, npm, repository};

/// The browser test that needs both phones' programs.
pub(crate) const TEST: &str = "src/three-devices.test.js";

/// Lets all three write in one note while apart. Both phones' programs have been built by their own tests.
pub(super) fn test(bindings: &Bindings, binaries: &Binaries) -> Result<()> {
    // The computer's side is asked as its own page asks it.
    npm::install(&repository::browser_test())?;
    let mut node = Command::new("node");
    // The programs that ship are looked for beside this one.
    node.current_dir(repository::browser_test()).env("XTASK", binaries.device());
    node.env("KOTLIN_PHONE", told(&kotlin::piped(bindings)?)).env("SWIFT_PHONE", told(&swift::piped()?));
    command::run(node.args(["--test", "--test-reporter=spec", TEST]))
}

/// A program as the test starts it.
fn told(program: &Command) -> String {
    let words: Vec<_> = program.get_args().map(|word| word.to_string_lossy()).collect();
    let set = program.get_envs().filter_map(|(name, value)| Some((name.to_string_lossy(), value?.to_string_lossy())));
    let environment: BTreeMap<_, _> = set.collect();
    json!({ "program": program.get_program().to_string_lossy(), "arguments": words, "environment": environment })
        .to_string()
}
