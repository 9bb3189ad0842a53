//! The host over a real socket, with a core that answers from a table.

use std::net::Ipv4Addr;

use feltbog_bridge::{Event, Reply, Request, Told};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{broadcast, oneshot};
use tokio::task::JoinHandle;

use super::*;

const TOKEN: &str = "right-token";

struct Running {
    port: u16,
    events: broadcast::Sender<Told>,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<()>,
}

impl Running {
    async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (events, _) = broadcast::channel(8);
        let core = Core {
            call: Arc::new(|asked| Box::pin(async move { reply(&asked.request) })),
            events: Arc::new({
                let events = events.clone();
                move || events.subscribe()
            }),
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(run(listener, core, Token::new(TOKEN.to_owned()), port, async move {
            let _ = stopped.await;
        }));
        Self { port, events, stop: Some(stop), ended }
    }

    /// Sends a head and a body as they stand, and reads until the host closes.
    async fn raw(&self, head: &str, body: &str) -> String {
        let mut stream = self.connect().await;
        let length = body.len();
        let text = format!("{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// A request with the right `Host` and these further lines.
    async fn ask(&self, line: &str, further: &str, body: &str) -> String {
        self.raw(&format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{}{further}", self.port), body).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.unwrap()
    }
}

fn reply(request: &Request) -> Reply {
    match request {
        Request::Cases => Reply::Cases { cases: Vec::new() },
        Request::Devices => panic!("a mistake in the core"),
        _ => Reply::Done,
    }
}

fn with_token(token: &str) -> String {
    format!("\r\nX-Feltbog-Token: {token}")
}

fn status(answer: &str) -> &str {
    answer.split_whitespace().nth(1).unwrap()
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

#[tokio::test]
async fn a_request_is_answered() {
    let host = Running::start().await;
    let answer = host.ask("POST /call", &with_token(TOKEN), r#"{"type":"cases"}"#).await;
    assert_eq!(status(&answer), "200");
    assert_eq!(body(&answer), r#"{"type":"cases","cases":[]}"#);
    assert!(answer.contains("cache-control: no-store"), "{answer}");
}

#[tokio::test]
async fn nobody_asks_without_the_token() {
    let host = Running::start().await;
    for wrong in [String::new(), with_token("wrong-token"), with_token("")] {
        for line in ["POST /call", "GET /events"] {
            let answer = host.ask(line, &wrong, r#"{"type":"cases"}"#).await;
            assert_eq!(status(&answer), "401", "{line} {wrong}");
            assert_eq!(body(&answer), "", "no detail");
        }
    }
}

#[tokio::test]
async fn nobody_asks_by_another_name_or_from_another_page() {
    let host = Running::start().await;
    let rebound = format!("POST /call HTTP/1.1\r\nHost: evil.example:{}\r\nX-Feltbog-Token: {TOKEN}", host.port);
    assert_eq!(status(&host.raw(&rebound, r#"{"type":"cases"}"#).await), "403");
    assert_eq!(status(&host.raw("GET / HTTP/1.1\r\nHost: evil.example", "").await), "403");
    assert_eq!(status(&host.raw("GET / HTTP/1.0", "").await), "403");
    let foreign = format!("{}\r\nOrigin: http://evil.example", with_token(TOKEN));
    assert_eq!(status(&host.ask("POST /call", &foreign, r#"{"type":"cases"}"#).await), "403");
    let own = format!("{}\r\nOrigin: http://127.0.0.1:{}", with_token(TOKEN), host.port);
    assert_eq!(status(&host.ask("POST /call", &own, r#"{"type":"cases"}"#).await), "200");
}

#[tokio::test]
async fn no_leave_is_given_to_other_origins() {
    let host = Running::start().await;
    let asked = "\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST";
    let answer = host.ask("OPTIONS /call", asked, "").await;
    assert_eq!(status(&answer), "403");
    assert!(!answer.to_lowercase().contains("access-control-allow"), "{answer}");
}

#[tokio::test]
async fn what_cannot_be_read_is_a_refusal() {
    let host = Running::start().await;
    for odd in ["", "{", "[]", r#"{"type":"unknown"}"#] {
        let answer = host.ask("POST /call", &with_token(TOKEN), odd).await;
        assert_eq!(status(&answer), "400", "{odd}");
        assert!(matches!(serde_json::from_str(body(&answer)), Ok(Reply::Refused(_))), "{answer}");
    }
}

#[tokio::test]
async fn a_request_has_a_limit() {
    let host = Running::start().await;
    let mut stream = host.connect().await;
    let head = format!(
        "POST /call HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX-Feltbog-Token: {TOKEN}\r\nConnection: close\r\n\
         Content-Length: 8388609\r\n\r\n",
        host.port
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The host may close before all has been written; what counts is its answer.
    let _ = stream.write_all(&vec![b' '; 8_388_609]).await;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_mistake_in_the_core_is_a_refusal_and_the_host_lives() {
    let host = Running::start().await;
    let answer = host.ask("POST /call", &with_token(TOKEN), r#"{"type":"devices"}"#).await;
    assert_eq!(status(&answer), "500");
    assert!(matches!(serde_json::from_str(body(&answer)), Ok(Reply::Refused(_))), "{answer}");
    assert_eq!(status(&host.ask("GET /contract", "", "").await), "200");
}

#[tokio::test]
async fn everything_is_sent_with_the_policy() {
    let host = Running::start().await;
    for line in
        ["GET /", "GET /contract", "GET /absent", "POST /call", "GET /call", "POST /", "GET /assets/../host.json"]
    {
        let answer = host.ask(line, "", "").await.to_lowercase();
        for header in [
            "content-security-policy: default-src 'self';",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(answer.contains(header), "{line}: {header} in {answer}");
        }
    }
    assert_eq!(status(&host.ask("GET /assets/../host.json", "", "").await), "404");
    assert_eq!(status(&host.ask("POST /", "", "").await), "405");
}

#[tokio::test]
async fn the_first_page_is_html_and_never_kept() {
    let host = Running::start().await;
    let answer = host.ask("GET /", "", "").await;
    assert_eq!(status(&answer), "200");
    assert!(answer.contains("content-type: text/html; charset=utf-8"), "{answer}");
    assert!(answer.contains("cache-control: no-store"), "{answer}");
    assert!(body(&answer).contains("<title>Feltbog</title>"));
}

#[tokio::test]
async fn the_contract_has_a_number() {
    let host = Running::start().await;
    assert_eq!(body(&host.ask("GET /contract", "", "").await), r#"{"contract_version":1}"#);
}

#[tokio::test]
async fn events_come_as_lines_until_the_host_stops() {
    let mut host = Running::start().await;
    let mut stream = host.connect().await;
    let head = format!("GET /events HTTP/1.1\r\nHost: localhost:{}\r\nX-Feltbog-Token: {TOKEN}\r\n\r\n", host.port);
    stream.write_all(head.as_bytes()).await.unwrap();
    let first = read_until(&mut stream, "\n\r\n").await;
    assert!(first.contains("application/x-ndjson"), "{first}");
    host.events.send(Told { event: Event::ExchangeEnded { ok: true }, municipality: Some(2) }).unwrap();
    let line = read_until(&mut stream, "}\n").await;
    assert!(line.contains(r#"{"type":"exchange_ended","ok":true,"municipality":2}"#), "{line}");
    drop(host.stop.take());
    tokio::time::timeout(Duration::from_secs(3), &mut host.ended).await.unwrap().unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    assert!(rest.ends_with("0\r\n\r\n"), "the stream ended well: {rest:?}");
}

/// Reads until this stands in what came; the body's chunks are not taken apart.
async fn read_until(stream: &mut TcpStream, wanted: &str) -> String {
    let mut read = String::new();
    while !read.contains(wanted) {
        let mut piece = [0; 256];
        let length = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut piece)).await.unwrap().unwrap();
        assert_ne!(length, 0, "closed after {read:?}");
        read.push_str(std::str::from_utf8(piece.get(..length).unwrap()).unwrap());
    }
    read
}
