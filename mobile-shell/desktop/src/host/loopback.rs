//! One HTTP request to a port of this computer: no proxy, no TLS, no redirect.

use std::io;
use std::net::Ipv4Addr;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// More than any answer; a program that sends for ever is not our host.
const LARGEST_ANSWER: usize = 256 * 1024 * 1024;

/// A request without its `Host`, which is ours to write.
pub(super) fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path)
}

/// Sends it and reads the whole answer.
pub(super) async fn send(port: u16, mut request: Request<Body>) -> io::Result<(StatusCode, Bytes)> {
    let host = format!("127.0.0.1:{port}").parse().map_err(io::Error::other)?;
    request.headers_mut().insert(axum::http::header::HOST, host);
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let connection = tokio::spawn(connection);
    let answered = async {
        let (head, body) = sender.send_request(request).await.map_err(io::Error::other)?.into_parts();
        let body = to_bytes(Body::new(body), LARGEST_ANSWER).await.map_err(io::Error::other)?;
        Ok((head.status, body))
    }
    .await;
    connection.abort();
    answered
}
