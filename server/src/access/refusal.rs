//! Why a request was not served.

use feltbog_protocol::{ErrorCode, Problem};

use crate::log::StoreError;

/// A refusal to be told to the device, or a failure of our own.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// The request is refused.
    #[error("refused: {}", .0.code)]
    Refused(Problem),
    /// The device asks too often.
    #[error("refused: too often, for another {after_s} s")]
    TooOften {
        /// Seconds after which it may ask again.
        after_s: u32,
    },
    /// The log failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Refusal::Refused(Problem::new(code))
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Refusal::Refused(problem)
    }
}
