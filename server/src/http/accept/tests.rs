//! Connections that dawdle, and too many of them, on a clock that jumps to the next thing that happens.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use feltbog_protocol::{ErrorCode, Problem};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::{Mutex, mpsc};
use tokio::time::{Instant, sleep};
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::access::Access;
use crate::admin::Admin;
use crate::config::Config;
use crate::http::bounds::Bounds;
use crate::http::tls::Certificate;
use crate::log::Log;
use crate::login::Logins;
use crate::metrics::Metrics;
use crate::readiness::Readiness;
use crate::receipt_key::ReceiptKey;
use crate::settings::TlsConfig;
use crate::store::Store;
use crate::surroundings::{Dice, Surroundings};

const LIVE: &str = "GET /health/live HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";
const BODY: &str = "POST /v1/enrol HTTP/1.1\r\nhost: test\r\ncontent-length: 1000\r\n\r\n";

/// Gives the server the connections that a test makes.
struct Ear(Mutex<mpsc::UnboundedReceiver<(DuplexStream, IpAddr)>>);

impl Listener for Ear {
    type Connection = DuplexStream;

    async fn accept(&self) -> io::Result<(DuplexStream, IpAddr)> {
        let mut comes = self.0.lock().await;
        match comes.recv().await {
            Some(connection) => Ok(connection),
            None => std::future::pending().await,
        }
    }

    fn address(&self) -> io::Result<SocketAddr> {
        Ok(SocketAddr::from(([127, 0, 0, 1], 0)))
    }
}

/// A server that is served by hand.
struct Street(mpsc::UnboundedSender<(DuplexStream, IpAddr)>);

impl Street {
    fn of(settings: &str) -> Self {
        Self::with(settings, None)
    }

    fn with(settings: &str, tls: Option<TlsAcceptor>) -> Self {
        let config: Config = settings.parse().unwrap();
        let around = Surroundings::simulated(|| 0, Arc::new(Dice::of(1)));
        let log = Log::Memory(Box::default());
        let access = Access::new(log, ReceiptKey::from_seed(&[1; 32]), around, config.limits, Logins::default());
        let access = Arc::new(access);
        let readiness = Readiness::of(Arc::clone(&access), None);
        let bounds = Bounds::of(&config.limits, config.server.client_header);
        let admin = Admin::of(Store::from(Path::new("/nowhere")), Config::default());
        let served = Served::new(access, Arc::new(admin), Arc::new(Metrics::new()), readiness, bounds);
        let (come, comes) = mpsc::unbounded_channel();
        tokio::spawn(run(Ear(Mutex::new(comes)), tls, served, std::future::pending()));
        Self(come)
    }

    fn connect(&self, from: &str) -> DuplexStream {
        self.connect_through(64 * 1024, from)
    }

    /// With room for so many bytes on the way.
    fn connect_through(&self, room: usize, from: &str) -> DuplexStream {
        let (here, there) = tokio::io::duplex(room);
        self.0.send((there, from.parse().unwrap())).unwrap();
        here
    }

    /// Asks and leaves the connection open.
    async fn asking(&self, from: &str, words: &str) -> DuplexStream {
        let mut connection = self.connect(from);
        connection.write_all(words.as_bytes()).await.unwrap();
        connection
    }

    async fn is_served(&self, from: &str) -> bool {
        let mut connection = self.connect(from);
        // Where it is closed at once, writing fails or what is written goes nowhere.
        let _ = connection.write_all(LIVE.as_bytes()).await;
        rest(connection).await.starts_with(b"HTTP/1.1 200")
    }
}

/// Everything that comes until the server closes.
async fn rest(mut connection: DuplexStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer).await;
    answer
}

/// Status and code of a refusal.
fn refusal(answer: &[u8]) -> (String, ErrorCode) {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[9..12]).into_owned();
    (status, feltbog_protocol::decode::<Problem>(&answer[end + 4..]).unwrap().code)
}

fn about(began: Instant, seconds: u64) -> bool {
    let (passed, expected) = (began.elapsed(), Duration::from_secs(seconds));
    (expected..expected + Duration::from_secs(1)).contains(&passed)
}

#[tokio::test(start_paused = true)]
async fn a_head_that_is_not_whole_after_ten_seconds_ends_the_connection_however_it_dribbles() {
    let street = Street::of("");
    for pause in [1, 4, 600] {
        let (began, mut connection) = (Instant::now(), street.connect("192.0.2.1"));
        connection.write_all(b"GET /health/live HTTP/1.1\r\n").await.unwrap();
        let (mut reading, mut writing) = tokio::io::split(connection);
        let dribbling = async {
            while writing.write_all(b"x: y\r\n").await.is_ok() {
                sleep(Duration::from_secs(pause)).await;
            }
        };
        let mut answer = Vec::new();
        tokio::select! {
            _ = reading.read_to_end(&mut answer) => {}
            () = dribbling => {}
        }
        // Whoever writes notices at the next word.
        let noticed = 10_u64.next_multiple_of(pause).min(12);
        assert!(about(began, 10) || about(began, noticed), "{:?}", began.elapsed());
        assert!(!answer.starts_with(b"HTTP/1.1 200"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_asks_nothing_more_ends_after_ten_seconds() {
    let street = Street::of("");
    let began = Instant::now();
    let asked = street.asking("192.0.2.1", "GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n").await;
    assert!(rest(asked).await.ends_with(b"live\n"));
    assert!(about(began, 10), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_has_not_agreed_on_its_encryption_after_ten_seconds_ends() {
    let home = tempfile::tempdir().unwrap();
    let tls = TlsConfig { certificate: home.path().join("c.pem"), key: home.path().join("k.pem") };
    let key = rcgen::KeyPair::generate().unwrap();
    let made = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    std::fs::write(&tls.key, key.serialize_pem()).unwrap();
    std::fs::write(&tls.certificate, made.pem()).unwrap();
    let street = Street::with("", Some(Certificate::load(tls).unwrap().acceptor().unwrap()));
    let began = Instant::now();
    // The beginning of a first message that never goes on.
    let mut connection = street.connect("192.0.2.1");
    connection.write_all(&[22, 3, 1, 2, 0, 1]).await.unwrap();
    assert_eq!(rest(connection).await, b"");
    assert!(about(began, 10), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_comes_to_a_halt_is_answered_after_fifteen_seconds_and_the_connection_ends() {
    let street = Street::of("");
    let began = Instant::now();
    let answer = rest(street.asking("192.0.2.1", &format!("{BODY}half")).await).await;
    assert_eq!(refusal(&answer), ("408".to_owned(), ErrorCode::Busy));
    assert!(about(began, 15), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_dribbles_is_answered_after_thirty_seconds() {
    let street = Street::of("");
    let began = Instant::now();
    let (mut reading, mut writing) = tokio::io::split(street.asking("192.0.2.1", BODY).await);
    let dribbling = async {
        while writing.write_all(b"x").await.is_ok() {
            sleep(Duration::from_secs(10)).await;
        }
        std::future::pending::<()>().await;
    };
    let mut answer = Vec::new();
    tokio::select! {
        _ = reading.read_to_end(&mut answer) => {}
        () = dribbling => {}
    }
    assert_eq!(refusal(&answer), ("503".to_owned(), ErrorCode::Busy));
    assert!(about(began, 30), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_for_thirty_seconds_ends_its_connection() {
    let street = Street::of("");
    for (unread, is_whole) in [(29, true), (31, false)] {
        let mut connection = street.connect_through(16, "192.0.2.1");
        connection.write_all(LIVE.as_bytes()).await.unwrap();
        sleep(Duration::from_secs(unread)).await;
        assert_eq!(rest(connection).await.ends_with(b"live\n"), is_whole, "{unread} s");
    }
}

#[tokio::test(start_paused = true)]
async fn one_address_has_so_many_connections_and_others_are_served() {
    let street = Street::of("[limits]\nconnections_per_address = 2");
    let mut held = vec![street.asking("192.0.2.1", BODY).await, street.asking("192.0.2.1", BODY).await];
    assert!(!street.is_served("192.0.2.1").await);
    assert!(street.is_served("192.0.2.2").await);
    drop(held.pop());
    // The server has to notice first that it went.
    sleep(Duration::from_millis(1)).await;
    assert!(street.is_served("192.0.2.1").await);
}

#[tokio::test(start_paused = true)]
async fn a_proxy_on_this_computer_may_have_everybodys_connections() {
    let street = Street::of("[limits]\nconnections_per_address = 2");
    let _held = [street.asking("127.0.0.1", BODY).await, street.asking("127.0.0.1", BODY).await];
    assert!(street.is_served("127.0.0.1").await);
}

#[tokio::test(start_paused = true)]
async fn the_connection_after_the_last_that_may_be_open_is_served_when_one_ends() {
    let street = Street::of("[limits]\nconnections = 2");
    let _held = [street.asking("192.0.2.1", BODY).await, street.asking("192.0.2.2", BODY).await];
    let began = Instant::now();
    assert!(street.is_served("192.0.2.3").await);
    assert!(about(began, 15), "the halted bodies end first: {:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn behind_a_proxy_a_client_has_so_many_requests_under_way_and_others_are_served() {
    let street = Street::of("[server]\nclient_header = \"x-real-ip\"\n[limits]\nconnections_per_address = 1");
    let by = |client: &str, words: &str| words.replacen("host: test", &format!("host: test\r\nx-real-ip: {client}"), 1);
    let _held = street.asking("10.0.0.1", &by("192.0.2.1", BODY)).await;
    let second = rest(street.asking("10.0.0.1", &by("192.0.2.1", LIVE)).await).await;
    assert_eq!(refusal(&second), ("429".to_owned(), ErrorCode::Busy));
    assert!(String::from_utf8_lossy(&second).contains("retry-after: 5"));
    assert!(rest(street.asking("10.0.0.1", &by("192.0.2.2", LIVE)).await).await.ends_with(b"live\n"));
    assert!(street.is_served("10.0.0.1").await, "whoever names nobody is counted by himself");
}

#[tokio::test(start_paused = true)]
async fn a_request_beyond_the_memory_for_all_of_them_is_told_to_come_again() {
    let street = Street::of("[limits]\nrequest_bytes_at_once = 2097152");
    let length = 2 * 1024 * 1024;
    let head = format!("POST /v1/enrol HTTP/1.1\r\nhost: test\r\ncontent-length: {length}\r\n\r\n");
    let mut held = street.asking("192.0.2.1", &head).await;
    held.write_all(&vec![7; length - 1]).await.unwrap();
    let answer = rest(street.asking("192.0.2.2", &format!("{BODY}{}", "x".repeat(1000))).await).await;
    assert_eq!(refusal(&answer).1, ErrorCode::Busy);
    held.write_all(&[7]).await.unwrap();
    let small = BODY.replace("host: test", "host: test\r\nconnection: close");
    let answered = rest(street.asking("192.0.2.2", &format!("{small}{}", "x".repeat(1000))).await).await;
    assert_eq!(refusal(&answered), ("400".to_owned(), ErrorCode::BadRequest), "there is room again");
}
