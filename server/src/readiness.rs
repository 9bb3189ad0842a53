//! Whether devices can be served: asked by whatever stands before the server.
//!
//! That erasures are replayed needs no question: a store opens only when they are, and nothing listens before.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::access::Access;
use crate::receipt_key::ReceiptKey;

/// An answer is good for as long: asking costs a write, and anybody may ask.
const GOOD_FOR: Duration = Duration::from_secs(5);

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    /// A commit does not reach the disk: it is full, or failing.
    Database,
    /// The key's file is gone or another: the next start would fail.
    ReceiptKey,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Lack::Database => "the database is not writable",
            Lack::ReceiptKey => "receipt.key is missing or another",
        })
    }
}

/// Asks, and remembers the answer for a moment.
pub(crate) struct Readiness {
    access: Arc<Access>,
    key_file: Option<PathBuf>,
    last: Mutex<Option<(Instant, Option<Lack>)>>,
}

impl Readiness {
    /// Of a server whose key lies in a file.
    pub(crate) fn of(access: Arc<Access>, key_file: Option<PathBuf>) -> Self {
        Self { access, key_file, last: Mutex::default() }
    }

    /// What is missing now; nothing where devices are served.
    pub(crate) async fn lack(&self) -> Option<Lack> {
        let mut last = self.last.lock().await;
        if let Some((asked, answer)) = *last
            && asked.elapsed() < GOOD_FOR
        {
            return answer;
        }
        let answer = self.look().await;
        *last = Some((Instant::now(), answer));
        answer
    }

    async fn look(&self) -> Option<Lack> {
        if let Err(error) = self.access.log().touch().await {
            tracing::warn!(%error, "not ready: nothing can be written");
            return Some(Lack::Database);
        }
        let path = self.key_file.clone()?;
        let found = tokio::task::spawn_blocking(move || ReceiptKey::load(&path).ok().map(|key| key.public())).await;
        let is_same = found.ok().flatten() == Some(self.access.receipt_key());
        (!is_same).then_some(Lack::ReceiptKey)
    }
}
