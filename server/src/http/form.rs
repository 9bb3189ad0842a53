//! A form that a browser sends, and whether it comes from a page of this server.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use feltbog_protocol::ErrorCode;
use zeroize::Zeroizing;

use super::problem::ProblemReply;
use super::receiving::{Receiving, Room};

const FORM: &str = "application/x-www-form-urlencoded";

/// The fields of a form, wiped when it was answered.
pub(super) struct Form {
    body: Zeroizing<Vec<u8>>,
    _room: Room,
}

impl Form {
    /// A field; nothing where there is none of the name.
    pub(super) fn field(&self, name: &str) -> Option<Zeroizing<String>> {
        let mut fields = form_urlencoded::parse(&self.body);
        fields.find(|(key, _)| key == name).map(|(_, value)| Zeroizing::new(value.into_owned()))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form
where
    Arc<Receiving>: FromRef<S>,
{
    type Rejection = ProblemReply;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemReply> {
        let headers = request.headers();
        let is_form = headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(FORM.as_bytes()));
        if !is_form || headers.contains_key(CONTENT_ENCODING) {
            return Err(ProblemReply::under(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest));
        }
        let receiving = Arc::<Receiving>::from_ref(state);
        let (body, room) = receiving.receive(request.into_body()).await?;
        Ok(Self { body: Zeroizing::new(body), _room: room })
    }
}

/// Where a form comes from, by what browsers say of it and pages cannot change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// From a page of this server, over an encrypted connection.
    Here,
    /// From a page of this server in a browser on the same computer, in clear.
    ThisComputer,
    /// From a page of this server, over a network, in clear.
    InClear,
    /// From somewhere else, or nobody says from where.
    Elsewhere,
}

impl Source {
    /// Of a request. A proxy may have replaced the host, so what the browser itself makes of it goes first.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let Some((scheme, host)) = text(ORIGIN.as_str()).and_then(|origin| origin.split_once("://")) else {
            return Self::Elsewhere;
        };
        let is_here = match text("sec-fetch-site") {
            Some(site) => site == "same-origin",
            None => text(HOST.as_str()).is_some_and(|own| own.eq_ignore_ascii_case(host)),
        };
        match scheme {
            _ if !is_here => Self::Elsewhere,
            "https" => Self::Here,
            "http" if is_loopback(host) => Self::ThisComputer,
            "http" => Self::InClear,
            _ => Self::Elsewhere,
        }
    }
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(name.map_or(host, |(name, _)| name), "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(headers: &[(&'static str, &'static str)]) -> Source {
        let pairs = headers.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        Source::of(&pairs.collect())
    }

    #[test]
    fn a_form_is_from_here_when_its_origin_is_this_host_or_the_browser_says_so() {
        let origin = ("origin", "https://feltbog.eksempel.dk");
        assert_eq!(of(&[origin, ("host", "feltbog.eksempel.dk")]), Source::Here);
        assert_eq!(of(&[origin, ("host", "127.0.0.1:8484"), ("sec-fetch-site", "same-origin")]), Source::Here);
        let others = [
            of(&[origin, ("host", "127.0.0.1:8484")]),
            of(&[origin, ("host", "feltbog.eksempel.dk"), ("sec-fetch-site", "cross-site")]),
            of(&[origin, ("host", "feltbog.eksempel.dk"), ("sec-fetch-site", "same-site")]),
            of(&[("host", "feltbog.eksempel.dk")]),
            of(&[("origin", "null"), ("host", "null"), ("sec-fetch-site", "same-origin")]),
            of(&[("origin", "file://x"), ("host", "x")]),
        ];
        assert_eq!(others, [Source::Elsewhere; 6]);
    }

    #[test]
    fn only_a_browser_on_the_same_computer_may_do_without_encryption() {
        for host in ["127.0.0.1:8484", "localhost:8484", "[::1]:8484", "localhost", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        assert_eq!(of(&[("origin", "http://127.0.0.1:8484"), ("host", "127.0.0.1:8484")]), Source::ThisComputer);
        assert_eq!(of(&[("origin", "http://10.0.0.7:8484"), ("host", "10.0.0.7:8484")]), Source::InClear);
        assert_eq!(
            of(&[("origin", "http://localhost.eksempel.dk"), ("host", "localhost.eksempel.dk")]),
            Source::InClear
        );
    }
}
