//! Why the phone's wish was not done.

use feltbog_bridge::Refused;

/// Flat, because whoever shows it needs no more than the sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HostError {
    /// The core said no, in the same words as on the bus.
    #[error("{code}")]
    Refused {
        /// A stable word.
        code: String,
        /// What happened, what is safe, what to do. Danish, without personal data.
        sentence: String,
        /// Whether the same may succeed later.
        retryable: bool,
    },
    /// The system gives no threads.
    #[error("no_threads")]
    NoThreads,
    /// Something went wrong inside. What was saved is saved.
    #[error("broken")]
    Broken,
}

impl From<Refused> for HostError {
    fn from(Refused { code, message, retryable, .. }: Refused) -> Self {
        Self::Refused { code, sentence: message, retryable }
    }
}
