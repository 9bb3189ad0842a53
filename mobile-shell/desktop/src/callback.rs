//! A port of this computer that waits for one answer: what a browser is sent back to after a login.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::failure::Failure;

/// How long somebody may take at the provider's page.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// Time for one browser to ask.
const ONE_REQUEST: Duration = Duration::from_secs(10);
/// Longer than any answer of a provider.
const LONGEST_HEAD: usize = 32 * 1024;

/// The port. Nobody but this computer reaches it.
pub(crate) struct Callback(TcpListener);

impl Callback {
    /// Takes a port; 0 any that is free.
    pub(crate) async fn bind(port: u16) -> Result<Self, Failure> {
        TcpListener::bind(("127.0.0.1", port)).await.map(Self).map_err(Failure::LoginPort)
    }

    /// Which one it is.
    pub(crate) fn port(&self) -> Result<u16, Failure> {
        self.0.local_addr().map(|address| address.port()).map_err(Failure::LoginPort)
    }

    /// Waits for the answer to the login that this address began; whatever else knocks is told that there is nothing here.
    ///
    /// # Errors
    /// [`Failure::LoginTooLate`] when nobody came.
    pub(crate) async fn answer_to(self, url: &str) -> Result<String, Failure> {
        let state = word_of(url, "state").unwrap_or_default().to_owned();
        let (tell, mut told) = mpsc::channel(1);
        // Browsers open connections in advance and say nothing on them, so each is waited for beside the others.
        let listening = async {
            loop {
                if let Ok((stream, _)) = self.0.accept().await {
                    tokio::spawn(hear(stream, state.clone(), tell.clone()));
                }
            }
        };
        tokio::select! {
            () = listening => Err(Failure::LoginTooLate),
            answer = tokio::time::timeout(PATIENCE, told.recv()) => answer.ok().flatten().ok_or(Failure::LoginTooLate),
        }
    }
}

async fn hear(mut stream: TcpStream, state: String, tell: mpsc::Sender<String>) {
    let Ok(Ok(Some(target))) = tokio::time::timeout(ONE_REQUEST, target(&mut stream)).await else { return };
    let is_the_answer = !state.is_empty() && word_of(&target, "state") == Some(state.as_str());
    let page = if is_the_answer { response("200 OK", DONE) } else { response("404 Not Found", NOTHING) };
    let written = tokio::time::timeout(ONE_REQUEST, stream.write_all(page.as_bytes())).await;
    let _ = stream.shutdown().await;
    drop(written);
    if is_the_answer {
        // A second one comes too late, and is dropped.
        let _ = tell.send(target).await;
    }
}

/// What a browser asks for, once its whole head is here.
async fn target(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut part = [0; 1024];
        let read = stream.read(&mut part).await?;
        head.extend_from_slice(part.get(..read).unwrap_or_default());
        if read == 0 || head.len() > LONGEST_HEAD {
            return Ok(None);
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.lines().next().unwrap_or_default().split(' ');
    Ok(match (words.next(), words.next()) {
        (Some("GET"), Some(target)) => Some(target.to_owned()),
        _ => None,
    })
}

/// The value of a name after the question mark; our own states have no letters that are written otherwise there.
fn word_of<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = address.split_once('?')?;
    query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

const DONE: &str = "<p>Du kan lukke denne side og gå tilbage til Feltbog.</p>\n<p lang=\"en\">You can close this page and go \
                    back to Feltbog.</p>";
const NOTHING: &str = "<p>Her er ikke noget.</p>";

fn response(status: &str, body: &str) -> String {
    let page = format!(
        "<!doctype html>\n<html lang=\"da\">\n<meta charset=\"utf-8\">\n<title>Feltbog</title>\n{body}\n</html>\n"
    );
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\ncontent-security-policy: default-src 'none'\r\n\
         x-content-type-options: nosniff\r\n\r\n{page}",
        page.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(port: u16, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        said
    }

    #[tokio::test]
    async fn only_the_answer_to_this_login_ends_the_waiting() {
        let callback = Callback::bind(0).await.unwrap();
        let port = callback.port().unwrap();
        let waiting = tokio::spawn(async move {
            callback.answer_to("https://login.kommune.dk/auth?client_id=f&state=abc_-1&nonce=n").await.ok().unwrap()
        });
        let _silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        for other in ["/favicon.ico", "/callback", "/callback?state=abc&code=x", "/callback?code=x&state="] {
            assert!(ask(port, &format!("GET {other} HTTP/1.1\r\n\r\n")).await.starts_with("HTTP/1.1 404"), "{other}");
        }
        let said = ask(port, "GET /callback?code=x&state=abc_-1&iss=y HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
        assert!(said.starts_with("HTTP/1.1 200") && said.contains("no-store"), "{said}");
        assert_eq!(waiting.await.unwrap(), "/callback?code=x&state=abc_-1&iss=y");
    }
}
