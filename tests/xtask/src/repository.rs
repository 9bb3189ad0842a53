//! Where things are in the checkout.

use std::path::{Path, PathBuf};

/// The checkout this program was built from.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Folder of the user interface.
pub(crate) fn ui() -> PathBuf {
    root().join("mobile-shell/ui")
}

/// Folder of the browser test.
pub(crate) fn browser_test() -> PathBuf {
    root().join("tests/browser")
}

/// Folder of the identity provider that tests log in to.
pub(crate) fn identity_provider() -> PathBuf {
    root().join("tests/login")
}

/// Folder of the library for phones.
pub(crate) fn ffi() -> PathBuf {
    root().join("bindings/ffi")
}

/// Folder of the Kotlin package around it.
pub(crate) fn kotlin() -> PathBuf {
    root().join("bindings/kotlin")
}

/// Folder of the Swift package around it.
pub(crate) fn swift() -> PathBuf {
    root().join("bindings/swift")
}

/// Folder of the host for Android.
pub(crate) fn android() -> PathBuf {
    root().join("mobile-shell/android")
}

/// Folder of the host for Apple's phones.
pub(crate) fn ios() -> PathBuf {
    root().join("mobile-shell/ios")
}

/// The programme that demo and tests work on.
pub(crate) fn fixture() -> PathBuf {
    root().join("tests/fixtures/sydhavnen")
}
