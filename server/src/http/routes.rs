//! The routes.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use feltbog_protocol::{
    EnrolReply, EnrolRequest, ErrorCode, HandInReply, HandInRequest, LoginReply, ReportReply, RequestSignature,
    SetupRequest, SyncReply,
};

use super::admin;
use super::claim::{LOGIN, REPORT, SYNC, claim};
use super::endpoint::Endpoint;
use super::message::{Cbor, Message};
use super::observed::observed;
use super::origin::Peer;
use super::problem::ProblemReply;
use super::receiving::Room;
use super::served::Served;
use crate::access::{Access, Claim, Seat};
use crate::metrics::Metrics;
use crate::readiness::Readiness;

/// Time for one request, its body included. A write that is under way then is finished and found by its repetition.
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// Digits of a device's id in the server's own log: enough to find a device that has trouble.
const DEVICE_DIGITS: usize = 8;

/// All routes.
pub(super) fn router(served: Served) -> Router {
    let routes = |router: Router<Served>, endpoint: Endpoint| router.route(endpoint.path(), answer_to(endpoint));
    Endpoint::ALL
        .into_iter()
        .fold(Router::new(), routes)
        .fallback(nothing_here)
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(served.clone(), one_of_its_client))
        .layer(middleware::from_fn_with_state(served.clone(), observed))
        .with_state(served)
}

fn answer_to(endpoint: Endpoint) -> MethodRouter<Served> {
    match endpoint {
        Endpoint::Setup => post(setup),
        Endpoint::Enrol => post(enrol),
        Endpoint::Sync => post(sync),
        Endpoint::Login => post(login),
        Endpoint::Report => post(report),
        Endpoint::HandIn => post(hand_in),
        Endpoint::Live => get(live),
        Endpoint::Ready => get(ready),
        Endpoint::AdminPage => get(admin::page),
        Endpoint::AdminLogin => post(admin::log_in),
        Endpoint::AdminLogout => post(admin::log_out),
    }
}

async fn setup(State(access): State<Arc<Access>>, message: Message) -> Result<Cbor<EnrolReply>, ProblemReply> {
    let reply = access.setup(message.decode::<SetupRequest>()?).await?;
    tracing::info!("a tenant was set up");
    Ok(Cbor(reply))
}

async fn enrol(State(access): State<Arc<Access>>, message: Message) -> Result<Cbor<EnrolReply>, ProblemReply> {
    let reply = access.enrol(message.decode::<EnrolRequest>()?).await?;
    tracing::info!(seq = reply.cert_seq, "a device was enrolled");
    Ok(Cbor(reply))
}

async fn sync(
    State(access): State<Arc<Access>>,
    State(metrics): State<Arc<Metrics>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    message: Message,
) -> Result<Cbor<SyncReply>, ProblemReply> {
    let (claim, _room) = signed(SYNC, &headers, message, peer.seat())?;
    let device = claim.signature.device.to_string();
    let reply = access.sync(claim).await?;
    let taken = reply.results.iter().filter(|result| result.seq.is_some()).count();
    let rows = reply.rows.len() + reply.backfill_rows.len();
    metrics.exchanged(taken, reply.results.len() - taken, rows);
    tracing::info!(
        device = device.get(..DEVICE_DIGITS).unwrap_or_default(),
        pushed = reply.results.len(),
        rows,
        cursor = reply.cursor,
        head = reply.clock.head,
        "synced"
    );
    Ok(Cbor(reply))
}

async fn login(
    State(access): State<Arc<Access>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    message: Message,
) -> Result<Cbor<LoginReply>, ProblemReply> {
    let (claim, _room) = signed(LOGIN, &headers, message, peer.seat())?;
    let device = claim.signature.device.to_string();
    let reply = access.login(claim).await?;
    let took = reply.lease.is_some();
    tracing::info!(device = device.get(..DEVICE_DIGITS).unwrap_or_default(), took, "a login");
    Ok(Cbor(reply))
}

async fn report(
    State(access): State<Arc<Access>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    message: Message,
) -> Result<Cbor<ReportReply>, ProblemReply> {
    let (claim, _room) = signed(REPORT, &headers, message, peer.seat())?;
    let device = claim.signature.device.to_string();
    let reply = access.report(claim).await?;
    tracing::info!(device = device.get(..DEVICE_DIGITS).unwrap_or_default(), figures = reply.figures.len(), "reported");
    Ok(Cbor(reply))
}

fn signed(path: &'static str, headers: &HeaderMap, message: Message, seat: Seat) -> Result<(Claim, Room), ErrorCode> {
    let Message { body, room } = message;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let claim = claim(path, text(header::AUTHORIZATION.as_str()), text(RequestSignature::TENANT_HEADER), body, seat)?;
    Ok((claim, room))
}

async fn hand_in(State(access): State<Arc<Access>>, message: Message) -> Result<Cbor<HandInReply>, ProblemReply> {
    let reply = access.hand_in(message.decode::<HandInRequest>()?).await?;
    tracing::info!(deposits = reply.results.len(), "handed in");
    Ok(Cbor(reply))
}

async fn live() -> &'static str {
    "live\n"
}

async fn ready(State(readiness): State<Arc<Readiness>>) -> Response {
    match readiness.lack().await {
        None => "ready\n".into_response(),
        Some(lack) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {lack}\n")).into_response(),
    }
}

/// What is answered where nothing is.
pub(super) async fn nothing_here() -> ProblemReply {
    ProblemReply::under(StatusCode::NOT_FOUND, ErrorCode::BadRequest)
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ProblemReply::from(ErrorCode::Busy).into_response(),
    }
}

/// No client behind a proxy has more under way than it could have connections without one.
async fn one_of_its_client(State(served): State<Served>, request: Request, next: Next) -> Response {
    match served.bounds.request(request.headers()) {
        Some(_admitted) => next.run(request).await,
        None => ProblemReply::too_many().into_response(),
    }
}
