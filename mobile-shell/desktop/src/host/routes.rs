//! What the host answers to.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use feltbog_bridge::{Asked, CONTRACT_VERSION, LARGEST_REQUEST, Refused, Reply};
use serde::Serialize;
use serde_json::json;
use tokio::sync::watch;

use super::core::Core;
use super::doorman::Doorman;
use super::events::EventLines;
use super::{assets, headers};

struct Hosted {
    core: Core,
    doorman: Doorman,
    stopping: watch::Receiver<bool>,
}

/// Everything behind the doorman; `stopping` ends the answers that would go on for ever.
pub(super) fn router(core: Core, doorman: Doorman, stopping: watch::Receiver<bool>) -> Router {
    let hosted = Arc::new(Hosted { core, doorman, stopping });
    let guarded = Router::new()
        .route("/call", post(call))
        .route("/events", get(events))
        .route_layer(from_fn_with_state(Arc::clone(&hosted), ask_token));
    Router::new()
        .merge(guarded)
        .route("/contract", get(contract))
        .fallback(assets::serve)
        .layer(from_fn_with_state(Arc::clone(&hosted), ask_sender))
        .layer(from_fn(headers::add))
        .with_state(hosted)
}

async fn ask_sender(State(hosted): State<Arc<Hosted>>, request: HttpRequest, next: Next) -> Response {
    if hosted.doorman.knows_sender(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

async fn ask_token(State(hosted): State<Arc<Hosted>>, request: HttpRequest, next: Next) -> Response {
    if hosted.doorman.knows_token(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn call(State(hosted): State<Arc<Hosted>>, body: Body) -> Response {
    let Ok(body) = to_bytes(body, LARGEST_REQUEST).await else {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, Refused::too_large());
    };
    let asked = match Asked::read(&body) {
        Ok(asked) => asked,
        Err(unreadable) => return refused(StatusCode::BAD_REQUEST, unreadable),
    };
    // On its own, so that a tab that is closed in the middle does not stop what was asked for half way.
    match tokio::spawn((hosted.core.call)(asked)).await {
        Ok(reply) => json(StatusCode::OK, &reply),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, broken()),
    }
}

async fn events(State(hosted): State<Arc<Hosted>>) -> Response {
    let lines = EventLines::of((hosted.core.events)(), hosted.stopping.clone());
    ([(CONTENT_TYPE, "application/x-ndjson")], Body::new(lines)).into_response()
}

async fn contract() -> Response {
    json(StatusCode::OK, &json!({ "contract_version": CONTRACT_VERSION }))
}

fn broken() -> Refused {
    let message = "Noget gik galt i Feltbog. Det, der var gemt, er der stadig.".to_owned();
    Refused { code: "broken".to_owned(), message, message_en: None, retryable: false }
}

fn refused(status: StatusCode, refused: Refused) -> Response {
    json(status, &Reply::Refused(refused))
}

fn json(status: StatusCode, what: &impl Serialize) -> Response {
    match serde_json::to_string(what) {
        Ok(text) => (status, [(CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
