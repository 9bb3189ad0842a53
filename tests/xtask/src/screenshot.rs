//! `cargo xtask screenshot`: the picture of the demo.

use anyhow::Result;

use crate::{browser_test, command, needs, npm, repository};

/// Draws `mobile-shell/ui/docs/demo.png`.
pub(crate) fn run() -> Result<()> {
    needs::sqlcipher()?;
    let browser = needs::chromium()?;
    npm::install(&repository::browser_test())?;
    let picture = repository::ui().join("docs/demo.png");
    command::run(browser_test::node(&browser)?.arg("src/picture.js").arg(&picture))?;
    println!("{}", picture.display());
    Ok(())
}
