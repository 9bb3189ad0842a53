//! As much HTTP/1.1 as one page and two doors need: one request a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// The first line and the headers of a request or an answer, as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) first: String,
    pub(super) headers: Vec<(String, String)>,
}

/// More than any browser sends.
const LARGEST_HEAD: u64 = 64 * 1024;

impl Head {
    /// Reads one; what follows stays in the reader.
    pub(super) fn read(from: &mut BufReader<TcpStream>) -> io::Result<Self> {
        let mut limited = from.take(LARGEST_HEAD);
        let first = line(&mut limited)?;
        let mut headers = Vec::new();
        loop {
            let line = line(&mut limited)?;
            if line.is_empty() {
                return Ok(Self { first, headers });
            }
            let (name, value) = line.split_once(':').ok_or(io::ErrorKind::InvalidData)?;
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }

    /// The header's value, if it stands there exactly once.
    pub(super) fn only(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let mut text = format!("{}\r\n", self.first);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        to.write_all(text.as_bytes())
    }
}

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn ok(content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", content_type, body: body.into() }
    }

    pub(super) fn error(status: &'static str) -> Self {
        Self { status, content_type: "text/plain; charset=utf-8", body: status.as_bytes().to_vec() }
    }

    /// Sends it, with these headers as well.
    pub(super) fn write(&self, headers: &[(&str, &str)], to: &mut impl Write) -> io::Result<()> {
        let own = [("Content-Type", self.content_type), ("Cache-Control", "no-store"), ("Connection", "close")];
        let mut head = Head { first: format!("HTTP/1.1 {}", self.status), headers: Vec::new() };
        for (name, value) in own.iter().chain(headers) {
            head.set(name, value);
        }
        head.set("Content-Length", &self.body.len().to_string());
        head.write(to)?;
        to.write_all(&self.body)
    }
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 || !line.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
