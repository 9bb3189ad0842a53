//! Messages in CBOR.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use feltbog_protocol::{ErrorCode, Problem, limits};

use super::problem::ProblemReply;
use super::receiving::{NotReceived, Receiving, Room};

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
pub(super) struct Message {
    pub(super) body: Vec<u8>,
    /// Held until the request is answered.
    pub(super) room: Room,
}

impl Message {
    /// Reads it as `T`.
    pub(super) fn decode<T: for<'b> minicbor::Decode<'b, ()>>(&self) -> Result<T, ProblemReply> {
        feltbog_protocol::decode(&self.body).map_err(|_| ErrorCode::BadRequest.into())
    }
}

impl<S: Send + Sync> FromRequest<S> for Message
where
    Arc<Receiving>: FromRef<S>,
{
    type Rejection = ProblemReply;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemReply> {
        let headers = request.headers();
        let other_type = headers.get(CONTENT_TYPE).is_some_and(|value| value != CBOR);
        if headers.contains_key(CONTENT_ENCODING) || other_type {
            return Err(ProblemReply::under(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest));
        }
        let receiving = Arc::from_ref(state);
        let (body, room) = Receiving::receive(&receiving, request.into_body()).await?;
        Ok(Self { body, room })
    }
}

impl From<NotReceived> for ProblemReply {
    fn from(why: NotReceived) -> Self {
        match why {
            NotReceived::TooLarge => Self::new(Problem { limit: Some(LIMIT), ..Problem::new(ErrorCode::TooLarge) }),
            // The network of whoever walks with a phone comes to a halt as well; it comes again.
            NotReceived::Dawdled => Self::under(StatusCode::REQUEST_TIMEOUT, ErrorCode::Busy),
            NotReceived::NoRoom => ErrorCode::Busy.into(),
            NotReceived::Broken => ErrorCode::BadRequest.into(),
        }
    }
}
