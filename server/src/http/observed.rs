//! Around every request: its id in the log, its time and its end in the figures.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use super::Endpoint;
use super::request_id::HEADER;
use super::served::Served;

pub(super) async fn observed(State(served): State<Served>, request: Request, next: Next) -> Response {
    let endpoint = Endpoint::at(request.uri().path());
    let id = served.ids.next();
    let span = tracing::info_span!("request", id);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span).await;
    served.metrics.answered(endpoint, response.status().as_u16(), begun.elapsed());
    if !response.status().is_success()
        && let Ok(id) = HeaderValue::try_from(id)
    {
        response.headers_mut().insert(HEADER, id);
    }
    response
}
