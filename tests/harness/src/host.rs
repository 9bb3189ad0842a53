//! A running `feltbog open`, and requests to it as a browser sends them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::Device;

/// The process; killed when dropped.
#[derive(Debug)]
pub struct Host {
    child: Child,
    port: u16,
    token: String,
}

impl Host {
    /// Starts it; ready when it has told its address.
    pub(crate) fn start(device: &Device) -> Self {
        let mut child = device
            .command()
            .args(["open", "--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (place, token) = address.trim().split_once("/#token=").unwrap_or_else(|| panic!("no address: {address:?}"));
        let port = place.rsplit(':').next().unwrap().parse().unwrap();
        Self { child, port, token: token.to_owned() }
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What lets a caller in.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Sends a request and returns the reply; `None` when the host died before it answered.
    #[must_use]
    pub fn call(&self, request: &Value) -> Option<Value> {
        let (status, body) = post(self.port, &[("x-feltbog-token", &self.token)], &request.to_string())?;
        assert_eq!(status, 200, "{body}");
        Some(serde_json::from_str(&body).unwrap())
    }

    /// Logs an entry; the reply's id, or `None` when the host died first.
    #[must_use]
    pub fn log(&self, case: &str, kind: &str, note: &str) -> Option<String> {
        let reply = self.call(&json!({ "type": "log_entry", "case": case, "kind": kind, "note": note }))?;
        assert_eq!(reply["type"], "logged", "{reply}");
        Some(reply["entry"].as_str().unwrap().to_owned())
    }

    /// The status of a request with these headers and this body.
    #[must_use]
    pub fn status_of(&self, headers: &[(&str, &str)], body: &str) -> u16 {
        post(self.port, headers, body).expect("an answer").0
    }

    /// `kill -9`, from any thread.
    pub fn kill_from_afar(&self) {
        let killed = Command::new("kill").args(["-9", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }

    /// `kill -9`, and waits for the end.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(mut self) {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn post(port: u16, headers: &[(&str, &str)], body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "POST /call HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {}\r\n{headers}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    // An answer that was cut off is none.
    if length.is_some_and(|length: usize| length != body.len()) {
        return None;
    }
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}
