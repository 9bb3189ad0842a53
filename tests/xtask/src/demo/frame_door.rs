//! The door through which a phone's page comes into a frame.
//!
//! A host serves its page to its own name only, and forbids framing it. The product keeps that; the demo stands a door
//! in front, with a port of its own, that speaks to the host in the host's own name and lets the demo page frame it.

use std::io::{self, BufReader};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use anyhow::Result;

use super::http::{Answer, Head};

/// A door with a port of its own.
#[derive(Clone)]
pub(super) struct FrameDoor(Arc<Door>);

struct Door {
    port: u16,
    /// Where the host listens now; another port after a restart.
    host: AtomicU16,
    /// The one page that may frame what is behind.
    framed_by: OnceLock<String>,
}

impl FrameDoor {
    pub(super) fn open() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let door = Arc::new(Door { port, host: AtomicU16::new(0), framed_by: OnceLock::new() });
        let serving = Arc::clone(&door);
        thread::spawn(move || {
            for browser in listener.incoming().flatten() {
                let door = Arc::clone(&serving);
                // A tab that is closed in the middle is the ordinary case.
                thread::spawn(move || door.pass(browser).unwrap_or_default());
            }
        });
        Ok(Self(door))
    }

    /// From now on it leads there.
    pub(super) fn lead_to(&self, port: u16) {
        self.0.host.store(port, Ordering::Relaxed);
    }

    /// Lets this page, and no other, frame what is behind.
    pub(super) fn let_in(&self, origin: String) {
        let _ = self.0.framed_by.set(origin);
    }

    pub(super) fn origin(&self) -> String {
        self.0.origin()
    }
}

impl Door {
    fn origin(&self) -> String {
        origin(self.port)
    }

    fn pass(&self, mut browser: TcpStream) -> io::Result<()> {
        let mut incoming = BufReader::new(browser.try_clone()?);
        let mut request = Head::read(&mut incoming)?;
        let port = self.host.load(Ordering::Relaxed);
        if !self.translate(&mut request, port) {
            return Answer::error("403 Forbidden").write(&[], &mut browser);
        }
        let Ok(mut host) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else {
            return Answer::error("502 Bad Gateway").write(&[], &mut browser);
        };
        request.write(&mut host)?;
        let mut to_host = host.try_clone()?;
        thread::spawn(move || {
            let _ = io::copy(&mut incoming, &mut to_host);
            // The browser is gone: the host should not go on telling it.
            let _ = to_host.shutdown(Shutdown::Both);
        });
        let answered = self.answer(host, &mut browser);
        let _ = browser.shutdown(Shutdown::Both);
        answered
    }

    fn answer(&self, host: TcpStream, browser: &mut TcpStream) -> io::Result<()> {
        let mut outgoing = BufReader::new(host);
        let mut answer = Head::read(&mut outgoing)?;
        self.allow_frame(&mut answer);
        answer.write(browser)?;
        io::copy(&mut outgoing, browser).map(|_| ())
    }

    /// Speaks in the host's own name, for those who spoke to the door in the door's. False for everybody else.
    fn translate(&self, request: &mut Head, host: u16) -> bool {
        if request.only("host") != self.origin().strip_prefix("http://") {
            return false;
        }
        let from_own_page = request.only("origin") == Some(&self.origin());
        if !from_own_page && request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("origin")) {
            return false;
        }
        request.set("Host", origin(host).trim_start_matches("http://"));
        if from_own_page {
            request.set("Origin", &origin(host));
        }
        request.set("Connection", "close");
        true
    }

    fn allow_frame(&self, answer: &mut Head) {
        answer.remove("x-frame-options");
        let (Some(page), Some(policy)) = (self.framed_by.get(), answer.only("content-security-policy")) else { return };
        let rules = policy.split(';').map(str::trim).filter(|rule| !rule.starts_with("frame-ancestors"));
        let policy = rules.chain([format!("frame-ancestors {page}").as_str()]).collect::<Vec<_>>().join("; ");
        answer.set("Content-Security-Policy", &policy);
    }
}

/// A port of this computer, as browsers name it.
pub(super) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        let door = Door { port: 1000, host: AtomicU16::new(2000), framed_by: OnceLock::new() };
        door.framed_by.set("http://127.0.0.1:3000".to_owned()).unwrap();
        door
    }

    fn head(headers: &[(&str, &str)]) -> Head {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Head { first: "POST /call HTTP/1.1".to_owned(), headers }
    }

    #[test]
    fn the_hosts_own_page_speaks_in_the_hosts_name() {
        let mut request = head(&[("Host", "127.0.0.1:1000"), ("Origin", "http://127.0.0.1:1000")]);
        assert!(door().translate(&mut request, 2000));
        assert_eq!(request.only("host"), Some("127.0.0.1:2000"));
        assert_eq!(request.only("origin"), Some("http://127.0.0.1:2000"));
        assert_eq!(request.only("connection"), Some("close"));
    }

    #[test]
    fn foreign_names_and_pages_do_not_pass() {
        for headers in [
            &[("Host", "evil.example:1000")][..],
            &[],
            &[("Host", "127.0.0.1:1000"), ("Origin", "http://evil.example")],
            &[("Host", "127.0.0.1:1000"), ("Origin", "null")],
            &[("Host", "127.0.0.1:1000"), ("Host", "evil.example")],
        ] {
            assert!(!door().translate(&mut head(headers), 2000), "{headers:?}");
        }
    }

    #[test]
    fn only_the_demo_page_may_frame() {
        let mut answer = head(&[
            ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"),
            ("X-Frame-Options", "DENY"),
        ]);
        door().allow_frame(&mut answer);
        let policy = "default-src 'self'; base-uri 'none'; frame-ancestors http://127.0.0.1:3000";
        assert_eq!(answer.only("content-security-policy"), Some(policy));
        assert_eq!(answer.only("x-frame-options"), None);
    }
}
