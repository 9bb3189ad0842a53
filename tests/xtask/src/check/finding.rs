//! Something that is not in order.

/// One sentence that says what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding(pub(super) String);
