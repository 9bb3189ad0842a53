//! How a request reaches the server: HTTP in production, a simulated link in tests.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::error::AppError;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long one round trip may take. At 50 kbit/s the largest page needs far less than this times the retries.
const ROUND_TRIP: Duration = Duration::from_secs(90);
/// No reply is longer than the largest page and its frame.
const REPLY_LIMIT: usize = 8 * 1024 * 1024;

/// Room for a reply is made at once up to here, whatever its head says.
const AT_ONCE: usize = 64 * 1024;

/// No answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server did not answer")]
pub struct Unreachable;

/// An answer.
#[derive(Debug, Clone)]
pub struct HttpReply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// Bytes that went out, head included as far as it is known.
    pub bytes_up: u64,
    /// Bytes that came in, likewise.
    pub bytes_down: u64,
}

/// Names and values.
pub type Headers = Vec<(&'static str, String)>;

/// What a request comes back with.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpReply, Unreachable>> + Send + 'a>>;

/// A way to the server.
pub trait Transport: Send + Sync {
    /// Posts a CBOR body to a path of the server.
    fn post<'a>(&'a self, server: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a>;

    /// Posts the fields of a form to an identity provider. A way that leads to the server only leads there never.
    fn form<'a>(&'a self, _address: &'a str, _fields: &'a [(&'static str, Zeroizing<String>)]) -> Answer<'a> {
        Box::pin(std::future::ready(Err(Unreachable)))
    }
}

/// HTTP and TLS.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl HttpTransport {
    /// A client that follows no redirects and uses no proxy of the environment: a request goes to the server or nowhere.
    ///
    /// # Errors
    /// [`AppError::Exchange`] when TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, AppError> {
        // A second call finds it installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(ROUND_TRIP)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("feltbog/", env!("CARGO_PKG_VERSION")))
            .build()
            .map(|client| Self { client })
            .map_err(|_| AppError::Exchange(feltbog_sync::Failure::Unreachable))
    }

    /// Checks that an address is encrypted, or of this computer.
    ///
    /// # Errors
    /// [`AppError::UnsafeAddress`] or [`AppError::Unclear`].
    pub fn check_address(server: &str) -> Result<String, AppError> {
        let server = server.trim().trim_end_matches('/');
        let url: reqwest::Url = server.parse().map_err(|_| {
            AppError::Unclear("serverens adresse forstås ikke: skriv fx https://feltbog.kommune.dk".into())
        })?;
        let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        match url.scheme() {
            "https" => Ok(server.to_owned()),
            "http" if here => Ok(server.to_owned()),
            _ => Err(AppError::UnsafeAddress),
        }
    }
}

impl Transport for HttpTransport {
    fn post<'a>(&'a self, server: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            let head: usize = headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
            let bytes_up = (body.len() + head + path.len() + server.len() + 90) as u64;
            let mut request = self.client.post(format!("{server}{path}")).header("content-type", "application/cbor");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            answered(request.body(body), bytes_up).await
        })
    }

    fn form<'a>(&'a self, address: &'a str, fields: &'a [(&'static str, Zeroizing<String>)]) -> Answer<'a> {
        Box::pin(async move {
            let body = encoded(fields);
            let bytes_up = (body.len() + address.len()) as u64;
            let request = self.client.post(address).header("content-type", "application/x-www-form-urlencoded");
            // Wiped when the library lets go of it. What it copies on the way to the network, into the buffers of HTTP and of
            // TLS, is out of reach.
            let body = Bytes::from_owner(body);
            answered(request.header("accept", "application/json").body(body), bytes_up).await
        })
    }
}

/// A form's body, written once: a text that grows leaves copies behind that nobody wipes.
fn encoded(fields: &[(&'static str, Zeroizing<String>)]) -> Zeroizing<String> {
    let mut body = Zeroizing::new(String::with_capacity(room_for(fields)));
    form_urlencoded::Serializer::new(&mut *body)
        .extend_pairs(fields.iter().map(|(name, value)| (*name, value.as_str())))
        .finish();
    body
}

/// Three letters for each byte that needs an escape, and what stands between.
fn room_for(fields: &[(&'static str, Zeroizing<String>)]) -> usize {
    fields.iter().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum()
}

async fn answered(request: reqwest::RequestBuilder, bytes_up: u64) -> Result<HttpReply, Unreachable> {
    let mut response = request.send().await.map_err(|_| Unreachable)?;
    let status = response.status().as_u16();
    let head: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    // Mostly in one piece: the answer of an identity provider is a secret, and what grows leaves copies behind. The library's
    // own are out of reach.
    let told = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut body = Vec::with_capacity(told.min(AT_ONCE));
    while let Some(part) = response.chunk().await.map_err(|_| Unreachable)? {
        if body.len() + part.len() > REPLY_LIMIT {
            return Err(Unreachable);
        }
        body.extend_from_slice(&part);
    }
    let bytes_down = (body.len() + head + 17) as u64;
    Ok(HttpReply { status, body, bytes_up, bytes_down })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_written_once_so_that_no_copy_of_its_secrets_is_left_behind() {
        let field = |value: &str| Zeroizing::new(value.to_owned());
        let fields = [("code", field("abc+1 &=")), ("code_verifier", field("\u{2603}".repeat(99).as_str()))];
        let body = encoded(&fields);
        assert!(body.starts_with("code=abc%2B1+%26%3D&code_verifier=%E2%98%83%E2%98%83"), "{}", *body);
        assert!(body.len() <= room_for(&fields) && body.capacity() == room_for(&fields));
    }

    #[test]
    fn only_a_server_on_this_computer_may_be_reached_without_encryption() {
        for good in ["https://feltbog.kommune.dk", "http://127.0.0.1:8484/", "http://localhost:1"] {
            assert!(HttpTransport::check_address(good).is_ok(), "{good}");
        }
        for bad in ["http://feltbog.kommune.dk", "ftp://x", "feltbog.kommune.dk", ""] {
            assert!(HttpTransport::check_address(bad).is_err(), "{bad}");
        }
    }
}
