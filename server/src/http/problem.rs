//! Refusals as HTTP answers.

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use feltbog_protocol::{ErrorCode, Problem};

use super::message::Cbor;
use crate::access::Refusal;

/// Seconds after which a device that was turned away may try again.
const RETRY_AFTER_S: u32 = 5;

/// A refusal with its status.
pub(super) struct ProblemReply {
    pub(super) status: StatusCode,
    pub(super) problem: Box<Problem>,
    /// Seconds after which to come again, where that is the cure.
    pub(super) after_s: Option<u32>,
}

impl ProblemReply {
    /// A refusal under its code's own status.
    pub(super) fn new(problem: Problem) -> Self {
        let after_s = (problem.code == ErrorCode::Busy).then_some(RETRY_AFTER_S);
        Self { status: status_of(problem.code), problem: Box::new(problem), after_s }
    }

    /// A refusal under another status than its code's own.
    pub(super) fn under(status: StatusCode, code: ErrorCode) -> Self {
        Self { status, problem: Box::new(Problem::new(code)), after_s: None }
    }

    /// A refusal for want of room beside the client's own requests.
    pub(super) fn too_many() -> Self {
        Self { after_s: Some(RETRY_AFTER_S), ..Self::under(StatusCode::TOO_MANY_REQUESTS, ErrorCode::Busy) }
    }
}

impl From<ErrorCode> for ProblemReply {
    fn from(code: ErrorCode) -> Self {
        Self::new(Problem::new(code))
    }
}

impl From<Refusal> for ProblemReply {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Refused(problem) => Self::new(problem),
            // To the device it is the same as a server that is busy, and it comes again later.
            Refusal::TooOften { after_s } => {
                let reply = Self::under(StatusCode::TOO_MANY_REQUESTS, ErrorCode::Busy);
                Self { after_s: Some(after_s), ..reply }
            }
            Refusal::Store(error) => {
                tracing::error!(%error, "a request failed");
                // Where it was only not written, there is nothing wrong with the request: the device comes back with it.
                if error.is_passing() { ErrorCode::Busy.into() } else { ErrorCode::Internal.into() }
            }
        }
    }
}

impl IntoResponse for ProblemReply {
    fn into_response(self) -> Response {
        tracing::info!(code = %self.problem.code, status = self.status.as_u16(), "refused");
        let mut response = (self.status, Cbor(*self.problem)).into_response();
        if let Some(after_s) = self.after_s {
            response.headers_mut().insert(RETRY_AFTER, after_s.into());
        }
        response
    }
}

/// The status of a code where nothing more is to be said.
pub(super) fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::ClockSkew | ErrorCode::UnknownDevice | ErrorCode::BadSignature | ErrorCode::LoginRequired => {
            StatusCode::UNAUTHORIZED
        }
        ErrorCode::DeviceRevoked
        | ErrorCode::DeviceBlocked
        | ErrorCode::StoppedByIt
        | ErrorCode::NotEntitled
        | ErrorCode::InvitationUsed
        | ErrorCode::InvitationExpired
        | ErrorCode::InvitationRefused
        | ErrorCode::BootstrapRefused => StatusCode::FORBIDDEN,
        ErrorCode::UnknownTenant => StatusCode::NOT_FOUND,
        ErrorCode::EpochChanged | ErrorCode::DeviceFork | ErrorCode::SequenceGap => StatusCode::CONFLICT,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UpgradeRequired => StatusCode::UPGRADE_REQUIRED,
        ErrorCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Quota => StatusCode::INSUFFICIENT_STORAGE,
        // Codes are not exhaustive; one without a line of its own is a fault of ours.
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_failures_are_answered_as_such() {
        for code in ErrorCode::ALL {
            let ours = status_of(*code) == StatusCode::INTERNAL_SERVER_ERROR;
            assert_eq!(ours, *code == ErrorCode::Internal, "{code}");
        }
    }
}
