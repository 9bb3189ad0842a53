use std::sync::OnceLock;

use feltbog_protocol::Problem;
use serde_json::Value;

/// What the server says it answers.
fn documented() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap())
}

/// Whether an answer to a request of one of the paths is in the server's own description.
pub fn is_documented(method: &str, path: &str, status: u16, body: &[u8]) -> bool {
    let responses = &documented()["paths"][path][method]["responses"];
    let response = &responses[status.to_string()];
    let content = &response["content"];
    if body.starts_with(b"<!doctype html>") {
        return content["text/html; charset=utf-8"].is_object();
    }
    if content["application/cbor"]["schema"].is_null() {
        return response.is_object();
    }
    let codes = content["application/cbor"]["schema"]["allOf"][1]["properties"]["code"]["enum"].as_array();
    let problem = feltbog_protocol::decode::<Problem>(body);
    problem.is_ok_and(|problem| codes.is_some_and(|codes| codes.iter().any(|code| code == problem.code.word())))
}
