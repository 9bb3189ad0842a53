//! A name for each request, to find its lines in the server's own log.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::surroundings::of_the_system;

/// A refusal bears its id in this header. An answer that went well does not: a phone pays for each byte.
pub(super) const HEADER: &str = "x-request-id";

/// Gives each request of this process another id.
#[derive(Debug)]
pub(super) struct RequestIds {
    process: u32,
    given: AtomicU64,
}

impl Default for RequestIds {
    /// The ids tell nobody anything and guard nothing: without random bytes they only begin alike.
    fn default() -> Self {
        let [a, b, c, d, ..] = of_the_system().unwrap_or_default();
        Self { process: u32::from_be_bytes([a, b, c, d]), given: AtomicU64::new(0) }
    }
}

impl RequestIds {
    /// The next.
    pub(super) fn next(&self) -> String {
        format!("{:08x}-{:06x}", self.process, self.given.fetch_add(1, Ordering::Relaxed))
    }
}
