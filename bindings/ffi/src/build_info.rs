//! Which core this is.

use feltbog_bridge::CONTRACT_VERSION;

/// A version for people, and the number a user interface compares with its own before it asks anything.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BuildInfo {
    /// As the release is named.
    pub version: String,
    /// Goes up with every change that an older user interface could not stand.
    pub contract: u32,
}

/// Says which core this is, before anything is opened.
#[uniffi::export]
#[must_use]
pub fn build_info() -> BuildInfo {
    BuildInfo { version: env!("CARGO_PKG_VERSION").into(), contract: CONTRACT_VERSION }
}
