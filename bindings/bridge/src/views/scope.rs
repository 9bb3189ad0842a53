//! Whose figures they are.

use feltbog_reports::Scope;

/// `programme` or `own`.
pub(super) fn scope(scope: Scope) -> String {
    match scope {
        Scope::Programme => "programme",
        Scope::Own => "own",
    }
    .to_owned()
}
