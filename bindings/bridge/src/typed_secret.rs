//! Something typed that nobody else is to read.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// A passphrase on its way; wiped when dropped, and never printed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypedSecret(String);

impl TypedSecret {
    /// What was typed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for TypedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedSecret(..)")
    }
}

impl Drop for TypedSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
