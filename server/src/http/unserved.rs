//! The same requests without a connection: what [`crate::simulated`] stands on.

use std::sync::Arc;

use axum::http::StatusCode;
use feltbog_protocol::{ErrorCode, limits};

use super::claim::{LOGIN, REPORT, SYNC, claim};
use super::problem::ProblemReply;
use crate::access::{Access, Seat};

/// One request.
pub(crate) struct Post<'a> {
    pub(crate) path: &'a str,
    pub(crate) authorization: Option<&'a str>,
    pub(crate) tenant: Option<&'a str>,
    pub(crate) body: Vec<u8>,
}

/// Status and body of the answer.
pub(crate) async fn answer(access: &Arc<Access>, post: Post<'_>) -> (u16, Vec<u8>) {
    match served(access, post).await {
        Ok(body) => (StatusCode::OK.as_u16(), body),
        Err(reply) => (reply.status.as_u16(), feltbog_protocol::encode(&reply.problem)),
    }
}

async fn served(access: &Arc<Access>, post: Post<'_>) -> Result<Vec<u8>, ProblemReply> {
    if post.body.len() > limits::REQUEST_BODY {
        return Err(ErrorCode::TooLarge.into());
    }
    match post.path {
        "/v1/setup" => Ok(feltbog_protocol::encode(&access.setup(decode(&post.body)?).await?)),
        "/v1/hand-in" => Ok(feltbog_protocol::encode(&access.hand_in(decode(&post.body)?).await?)),
        "/v1/enrol" => Ok(feltbog_protocol::encode(&access.enrol(decode(&post.body)?).await?)),
        SYNC => {
            let claim = claim(SYNC, post.authorization, post.tenant, post.body, Seat::default())?;
            Ok(feltbog_protocol::encode(&access.sync(claim).await?))
        }
        LOGIN => {
            let claim = claim(LOGIN, post.authorization, post.tenant, post.body, Seat::default())?;
            Ok(feltbog_protocol::encode(&access.login(claim).await?))
        }
        REPORT => {
            let claim = claim(REPORT, post.authorization, post.tenant, post.body, Seat::default())?;
            Ok(feltbog_protocol::encode(&access.report(claim).await?))
        }
        _ => Err(ProblemReply::under(StatusCode::NOT_FOUND, ErrorCode::BadRequest)),
    }
}

fn decode<T: for<'b> minicbor::Decode<'b, ()>>(body: &[u8]) -> Result<T, ProblemReply> {
    feltbog_protocol::decode(body).map_err(|_| ErrorCode::BadRequest.into())
}
