//! The packed user interface, inside the binary.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

static PACKED: Dir<'static> = include_dir!("$OUT_DIR/ui");

/// One file of the user interface.
pub(super) async fn serve(method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    // Looked up among names known when the binary was built; no path of this computer is ever touched.
    match PACKED.get_file(path) {
        Some(file) => {
            let headers = [(CONTENT_TYPE, content_type(path)), (CACHE_CONTROL, caching(path))];
            (headers, Body::from(file.contents())).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The packer names what lies in `assets/` after its content; the rest changes under the same name.
fn caching(path: &str) -> &'static str {
    if path.starts_with("assets/") { "private, max-age=31536000, immutable" } else { "no-store" }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_have_their_types() {
        assert_eq!(content_type("assets/index-a.b.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("icon.svg"), "image/svg+xml");
        assert_eq!(content_type("unknown"), "application/octet-stream");
    }

    #[test]
    fn there_is_always_a_first_page() {
        assert!(PACKED.get_file("index.html").is_some());
    }
}
