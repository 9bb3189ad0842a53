//! How much to ask for at a time.

use feltbog_protocol::limits;

/// Milliseconds under which a page is so quick that the next may be larger.
const QUICK_MS: u64 = 2_000;

/// The page size, adapting to the link: doubled after a quick page, halved after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(u32);

impl Default for PageSize {
    fn default() -> Self {
        Self(limits::PAGE_START)
    }
}

impl PageSize {
    /// Bytes.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        self.0
    }

    /// After a page that took this long.
    #[must_use]
    pub fn after_success(self, took_ms: u64) -> Self {
        if took_ms < QUICK_MS { Self((self.0 * 2).min(limits::PAGE_MAX)) } else { self }
    }

    /// After a page that did not come through; `None` when it is as small as can be.
    #[must_use]
    pub fn after_failure(self) -> Option<Self> {
        (self.0 > limits::PAGE_MIN).then(|| Self((self.0 / 2).max(limits::PAGE_MIN)))
    }
}
