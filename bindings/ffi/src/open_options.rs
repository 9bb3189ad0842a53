//! What there is to say before opening.

/// Where the device lives, and how to begin.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OpenOptions {
    /// A folder of the app's own that no backup copies. It need not exist. Every municipality has its home in it.
    pub home: String,
    /// Begin locked: the vault is not asked before `resume`.
    #[uniffi(default = false)]
    pub locked: bool,
}
