//! Prints what the server answers, as OpenAPI 3.1. `cargo xtask check --fix` writes it to `docs/openapi.json`.

use std::collections::BTreeMap;

use feltbog_protocol::{ErrorCode, RequestSignature};
use feltbog_server::Endpoint;
use serde_json::{Map, Value, json};

const CBOR: &str = "application/cbor";

#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn main() {
    println!("{:#}", document());
}

fn document() -> Value {
    let paths: Map<String, Value> =
        Endpoint::ALL.into_iter().map(|endpoint| (endpoint.path().to_owned(), path(endpoint))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Feltbog's sync server",
            "summary": "Keeps sealed envelopes and can read none of them.",
            "description": "Bodies are CBOR with integer keys; their fields stand in core/docs/protocol.md, section 5, and the \
                messages named here in core/protocol. Requests are never compressed. Any request may be repeated. What \
                each limit is stands in core/docs/limits.md. A refusal that HTTP itself makes (no HTTP, another method, a \
                head that is too long: 400, 405, 431) has no body.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MPL-2.0", "identifier": "MPL-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": { "Problem": problem(), "ErrorCode": error_code() },
            "headers": {
                "request-id": { "description": "Names the request's line in the server's log.", "schema": { "type": "string" } },
                "retry-after": { "description": "Seconds after which to come again.", "schema": { "type": "integer" } },
            },
            "securitySchemes": {
                "device": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "authorization",
                    "description": "Feltbog-Device: the device's signature over municipality, method, path, body, time and nonce.",
                },
                "tenant": {
                    "type": "apiKey",
                    "in": "header",
                    "name": RequestSignature::TENANT_HEADER,
                    "description": "The municipality the signature is for.",
                },
            },
        },
    })
}

/// One sentence for each.
const fn summary(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Setup => "The first device of a municipality, with the bootstrap code",
        Endpoint::Enrol => "A later device, with an invitation",
        Endpoint::Sync => "One exchange: pushes what is new, fetches what is missing",
        Endpoint::Login => "What a staff login has to be, and logging in again",
        Endpoint::Report => "Figures, for those who may see them",
        Endpoint::HandIn => "Work from beside a locked database, for the leaders",
        Endpoint::Live => "Whether the program runs",
        Endpoint::Ready => "Whether devices can be served",
        Endpoint::AdminPage => {
            "What those who run the server may see of it, in a browser; not there before a password was made"
        }
        Endpoint::AdminLogin => "Logging in to the administration page, with its form",
        Endpoint::AdminLogout => "Logging out of the administration page, with its form",
    }
}

fn path(endpoint: Endpoint) -> Value {
    let mut responses: Map<String, Value> = refusals(endpoint);
    if !endpoint.pages().is_empty() {
        return pages(endpoint, responses);
    }
    let Some(messages) = endpoint.messages() else {
        responses.insert("200".to_owned(), text("It is."));
        if endpoint == Endpoint::Ready {
            responses.insert("503".to_owned(), text("It is not; the line says what is missing."));
        }
        return json!({ "get": {
            "operationId": endpoint.word(), "summary": summary(endpoint), "security": [], "responses": responses,
        } });
    };
    responses.insert("200".to_owned(), message(&format!("The message {}.", messages.reply)));
    let security = if messages.is_signed { json!([{ "device": [], "tenant": [] }]) } else { json!([]) };
    let request = json!({
        "description": format!("The message {}.", messages.request),
        "content": { CBOR: {} },
        "required": true,
    });
    json!({ "post": {
        "operationId": endpoint.word(),
        "summary": summary(endpoint),
        "security": security,
        "requestBody": request,
        "responses": responses,
    } })
}

/// What is answered to people, beside what is answered to programs.
fn pages(endpoint: Endpoint, mut responses: Map<String, Value>) -> Value {
    const HTML: &str = "text/html; charset=utf-8";
    for (status, description) in endpoint.pages() {
        let page = json!({ "schema": { "type": "string", "description": description } });
        let response =
            responses.entry(status.to_string()).or_insert_with(|| json!({ "description": description, "content": {} }));
        if let Some(content) = response.pointer_mut("/content").and_then(Value::as_object_mut) {
            content.insert(HTML.to_owned(), page);
        }
    }
    let mut operation = Map::from_iter([
        ("operationId".to_owned(), endpoint.word().into()),
        ("summary".to_owned(), summary(endpoint).into()),
        ("security".to_owned(), json!([])),
        ("responses".to_owned(), responses.into()),
    ]);
    if !endpoint.form().is_empty() {
        let fields: Map<String, Value> =
            endpoint.form().iter().map(|field| ((*field).to_owned(), json!({ "type": "string" }))).collect();
        let form = json!({
            "description": "The form of the page. Its origin has to be this server.",
            "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": fields } } },
            "required": true,
        });
        operation.insert("requestBody".to_owned(), form);
    }
    json!({ endpoint.method(): operation })
}

fn message(description: &str) -> Value {
    json!({ "description": description, "content": { CBOR: {} } })
}

fn text(description: &str) -> Value {
    json!({ "description": description, "content": { "text/plain; charset=utf-8": { "schema": { "type": "string" } } } })
}

/// One response for each status, with the codes that come under it.
fn refusals(endpoint: Endpoint) -> Map<String, Value> {
    let mut codes: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for (status, code) in endpoint.refusals() {
        codes.entry(status).or_default().push(code.word());
    }
    codes.into_iter().map(|(status, codes)| (status.to_string(), refusal(status, &codes))).collect()
}

fn refusal(status: u16, codes: &[&str]) -> Value {
    let schema = json!({ "allOf": [
        { "$ref": "#/components/schemas/Problem" },
        { "properties": { "code": { "enum": codes } } },
    ] });
    let mut headers = Map::from_iter([("x-request-id".to_owned(), header("request-id"))]);
    if [429, 503].contains(&status) {
        headers.insert("retry-after".to_owned(), header("retry-after"));
    }
    json!({
        "description": format!("Refused: {}.", codes.join(", ")),
        "headers": headers,
        "content": { CBOR: { "schema": schema } },
    })
}

fn header(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

/// The integer that stands for each field in CBOR is named beside it.
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Why a request was not served. On the wire a map of CBOR; `x-key` is a field's key in it.",
        "required": ["code"],
        "properties": {
            "code": { "$ref": "#/components/schemas/ErrorCode", "x-key": 1 },
            "server_time_ms": { "type": "integer", "x-key": 2, "description": "The server's clock, milliseconds since 1970." },
            "last_dseq": { "type": "integer", "x-key": 3, "description": "The device's highest number disposed of." },
            "limit": { "type": "integer", "x-key": 4, "description": "The limit that was passed." },
            "epoch": { "type": "string", "x-key": 5, "description": "The log's epoch, 16 bytes." },
            "base_seq": { "type": "integer", "x-key": 6, "description": "Up to where device and restored log are the same." },
            "order": { "type": "array", "items": {}, "x-key": 7, "description": "The certificates that shut the device out." },
            "login": { "type": "object", "x-key": 8, "description": "The login that is wanted." },
        },
    })
}

/// The closed set.
fn error_code() -> Value {
    let words: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.word()).collect();
    let numbers: Map<String, Value> =
        ErrorCode::ALL.iter().map(|code| (code.word().to_owned(), code.number().into())).collect();
    json!({
        "type": "string",
        "enum": words,
        "x-numbers": numbers,
        "description": "Stable words. On the wire their numbers; a device takes a number it does not know for a failure.",
    })
}
