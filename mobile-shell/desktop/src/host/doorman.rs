//! Who may speak to the host: pages it served itself, and programs that know the token.

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName};

use super::token::{TOKEN_HEADER, Token};

/// Checks that a request was meant for this host.
#[derive(Debug, Clone)]
pub(super) struct Doorman {
    port: u16,
    token: Token,
}

impl Doorman {
    pub(super) fn new(port: u16, token: Token) -> Self {
        Self { port, token }
    }

    /// Whether the request names this host, and comes from no page but its own.
    ///
    /// A foreign name that was made to point at this computer (DNS rebinding) shows in `Host`,
    /// a foreign page that calls us by our own name in `Origin`.
    pub(super) fn knows_sender(&self, headers: &HeaderMap) -> bool {
        let Some(host) = only(headers, &HOST) else { return false };
        if !self.is_our_name(host) {
            return false;
        }
        match headers.get(ORIGIN) {
            None => true,
            Some(_) => only(headers, &ORIGIN).is_some_and(|origin| origin.strip_prefix("http://") == Some(host)),
        }
    }

    /// Whether the request carries the token.
    pub(super) fn knows_token(&self, headers: &HeaderMap) -> bool {
        headers.get(TOKEN_HEADER).is_some_and(|given| self.token.is(given.as_bytes()))
    }

    fn is_our_name(&self, host: &str) -> bool {
        let port = host.strip_prefix("127.0.0.1:").or_else(|| host.strip_prefix("localhost:"));
        port == Some(&self.port.to_string())
    }
}

/// The header's value, if it stands there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doorman() -> Doorman {
        Doorman::new(4711, Token::new("secret".to_owned()))
    }

    fn headers(lines: &[(&str, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn our_own_names_are_let_in() {
        for host in ["127.0.0.1:4711", "localhost:4711"] {
            assert!(doorman().knows_sender(&headers(&[("host", host)])), "{host}");
        }
    }

    #[test]
    fn foreign_names_are_not() {
        for host in [
            "evil.example:4711",
            "127.0.0.1",
            "localhost",
            "127.0.0.1:4712",
            "127.0.0.1:04711",
            "localhost.evil:4711",
            "",
        ] {
            assert!(!doorman().knows_sender(&headers(&[("host", host)])), "{host}");
        }
        assert!(!doorman().knows_sender(&headers(&[])), "no host at all");
        let two = headers(&[("host", "127.0.0.1:4711"), ("host", "evil.example:4711")]);
        assert!(!doorman().knows_sender(&two), "two hosts");
    }

    #[test]
    fn an_origin_must_be_the_same_as_the_host() {
        let from = |origin| doorman().knows_sender(&headers(&[("host", "127.0.0.1:4711"), ("origin", origin)]));
        assert!(from("http://127.0.0.1:4711"));
        for foreign in [
            "http://localhost:4711",
            "https://127.0.0.1:4711",
            "http://evil.example",
            "null",
            "http://127.0.0.1:80",
            "",
        ] {
            assert!(!from(foreign), "{foreign}");
        }
    }

    #[test]
    fn the_token_is_asked_for() {
        assert!(doorman().knows_token(&headers(&[(TOKEN_HEADER, "secret")])));
        assert!(!doorman().knows_token(&headers(&[(TOKEN_HEADER, "secrer")])));
        assert!(!doorman().knows_token(&headers(&[])));
    }
}
