//! The server's clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970. Says when something came and whether a request is fresh; orders nothing.
pub(crate) fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}
