use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use feltbog_server::Endpoint;

use super::is_documented;

/// Status, head and body of an HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// One request on a connection of its own.
pub fn post(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    try_post(address, path, headers, body).expect("an HTTP answer")
}

/// The same of a server that may go away meanwhile. Whatever a test is about, what it is answered has to be documented.
pub fn try_post(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
    let mut head =
        format!("POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let answer = try_raw(address, &[head.as_bytes(), b"\r\n", body].concat())?;
    let known = Endpoint::at(path).is_none() || is_documented("post", path, answer.status, &answer.body);
    assert!(known, "{path} answered {} with {:?}, which docs/openapi.json does not know", answer.status, answer.body);
    Some(answer)
}

/// A question without a body, on a connection of its own.
pub fn get(address: SocketAddr, path: &str) -> Answer {
    post_raw(address, format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n").as_bytes())
}

/// These bytes on a connection of their own.
pub fn post_raw(address: SocketAddr, bytes: &[u8]) -> Answer {
    try_raw(address, bytes).expect("an HTTP answer")
}

/// The same of a server that may go away meanwhile.
pub fn try_raw(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(bytes).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some(Answer { status, head, body: answer[end + 4..].to_vec() })
}
