//! Messages in CBOR.

use axum::body::{Bytes, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use feltbog_protocol::{ErrorCode, Problem, limits};

use super::problem::ProblemReply;

const LIMIT: u64 = limits::REQUEST_BODY as u64;
const CBOR: &str = "application/cbor";

/// An answer in CBOR.
pub(super) struct Cbor<T>(pub(super) T);

impl<T: minicbor::Encode<()>> IntoResponse for Cbor<T> {
    fn into_response(self) -> Response {
        let mut response = feltbog_protocol::encode(&self.0).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(CBOR));
        response
    }
}

/// The bytes of a request, of bounded size.
///
/// Nothing is inflated here: envelopes are packed before they are sealed, and a compressed request could hide any size.
pub(super) struct Message(pub(super) Vec<u8>);

impl Message {
    /// Reads it as `T`.
    pub(super) fn decode<T: for<'b> minicbor::Decode<'b, ()>>(&self) -> Result<T, ProblemReply> {
        feltbog_protocol::decode(&self.0).map_err(|_| ErrorCode::BadRequest.into())
    }
}

impl<S: Send + Sync> FromRequest<S> for Message {
    type Rejection = ProblemReply;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemReply> {
        let headers = request.headers();
        let other_type = headers.get(CONTENT_TYPE).is_some_and(|value| value != CBOR);
        if headers.contains_key(CONTENT_ENCODING) || other_type {
            return Err(ProblemReply::under(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest));
        }
        // Told by what it announces where it announces anything; what does not is counted while it comes.
        if request.body().size_hint().lower() > LIMIT {
            return Err(too_large());
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes.into())),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(too_large()),
            Err(_) => Err(ErrorCode::BadRequest.into()),
        }
    }
}

fn too_large() -> ProblemReply {
    ProblemReply::new(Problem { limit: Some(LIMIT), ..Problem::new(ErrorCode::TooLarge) })
}
