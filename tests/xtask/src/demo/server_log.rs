//! What IT sees: the server's log, kept as it grows.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use serde_json::{Value, json};

use super::server::Server;

/// Rows read so far.
pub(super) struct ServerLog(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    rows: Vec<Value>,
    last: u64,
    bytes: u64,
}

/// Rows one answer holds at most; the page shows the newest.
const NEWEST: usize = 60;

impl ServerLog {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Seen::default()))
    }

    /// What came after row `after`, and how much there is in all.
    pub(super) fn since(&self, server: &Server, after: u64) -> Result<Value> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for row in server.log_after(seen.last)? {
            seen.last = seen.last.max(number(&row, "seq"));
            seen.bytes += number(&row, "size");
            seen.rows.push(row);
        }
        let new = seen.rows.iter().rev().take_while(|row| number(row, "seq") > after).take(NEWEST);
        let new: Vec<&Value> = new.collect();
        Ok(json!({ "rows": new, "count": seen.rows.len(), "bytes": seen.bytes }))
    }
}

fn number(row: &Value, name: &str) -> u64 {
    row.get(name).and_then(Value::as_u64).unwrap_or_default()
}
