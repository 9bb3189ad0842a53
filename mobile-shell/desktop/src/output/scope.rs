//! Whose figures they are.

/// What stands behind the programme's name where a device sees its own citizens only.
pub(super) fn whose(scope: &str) -> &'static str {
    if is_own(scope) { ", kun dine egne borgere" } else { "" }
}

/// Whether the figures are of one's own citizens, and say nothing of the whole programme.
pub(super) fn is_own(scope: &str) -> bool {
    scope == "own"
}
