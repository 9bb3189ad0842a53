//! What README.md and ARCHITECTURE.md name must be there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::finding::Finding;

const DOCUMENTS: [&str; 2] = ["README.md", "ARCHITECTURE.md"];
const TOP: [&str; 5] = ["core/", "bindings/", "server/", "mobile-shell/", "tests/"];

/// Paths between backticks and links that lead nowhere.
pub(super) fn findings(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for name in DOCUMENTS {
        let text = fs::read_to_string(root.join(name)).with_context(|| format!("{name} cannot be read"))?;
        let lost = paths(&text).filter(|path| !root.join(path).exists());
        let lost = lost.chain(links(&text).filter(|link| !root.join(link).exists()));
        findings.extend(lost.map(|path| Finding(format!("{name} names {path}, which is not there"))));
    }
    Ok(findings)
}

/// What stands between backticks and begins like a folder of ours; a pattern like `core/*` names no one file.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|path| TOP.iter().any(|top| path.starts_with(top)) && !path.contains(['*', ' ', '<', '{', '…']))
}

/// What links and pictures point at, other than the web and the page itself.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let targets = targets.map(|target| target.split('#').next().unwrap_or_default());
    targets.filter(|target| !target.is_empty() && !target.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::{links, paths};

    #[test]
    fn links_to_files_are_looked_for() {
        let text =
            "[a](core/docs/threats.md#one) ![b](mobile-shell/ui/docs/demo.png) [c](https://example.org) [d](#here)";
        assert_eq!(links(text).collect::<Vec<_>>(), ["core/docs/threats.md", "mobile-shell/ui/docs/demo.png"]);
    }

    #[test]
    fn only_quoted_paths_of_ours_are_looked_for() {
        let text =
            "In `core/domain` and `server/` lies core/other; run `cargo xtask test`, see `tests/*` and `src/x`.\n";
        assert_eq!(paths(text).collect::<Vec<_>>(), ["core/domain", "server/"]);
    }
}
